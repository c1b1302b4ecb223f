"""Identifiers of people, taken out before anything is stored, logged, sent or shown.

A date of birth becomes an age and any other date an interval, because a case needs those. Names are taken where
something announces them (a title, "pt", a relative, a signature) or where they stand as a person does; the names of
tests, diseases and authors stay, because the question is about those.

``redacting`` composes the parts, each of which knows one sort of identifier: ``records``, ``contact``, ``dates``,
``addresses``, and for names ``cued`` and ``bare``.
"""

from guardrails.identifiers.checksums import is_nhs_number
from guardrails.identifiers.redacting import redact, redact_all
from guardrails.identifiers.types import Redacted

__all__ = ["Redacted", "is_nhs_number", "redact", "redact_all"]
