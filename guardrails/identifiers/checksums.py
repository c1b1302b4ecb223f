"""Numbers that prove themselves: those whose digits satisfy the check of the body that gives them out."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.gb import nhs


def is_nhs_number(text: str) -> bool:
    """Return whether the ten digits in `text` pass the NHS number's modulus-11 check.

    Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, check digit 11 minus remainder.
    """
    return bool(nhs.is_valid(_digits(text)))


def is_bank_account(text: str) -> bool:
    """Return whether `text` is an International Bank Account Number with the right check digits."""
    return bool(iban.is_valid(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
