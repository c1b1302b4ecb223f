"""What a claim says that a school does not speak of: no passage can carry that, so all of the school's are asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.library import Library
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Rule, contradicted, not_enough

_VERBS = (
    r"(?:discuss|address|mention|speak (?:of|about)|cover|consider|deal with|comment on|say anything (?:about|on|of)|"
    r"write (?:about|on)|touch on|name)"
)
_SILENCE = re.compile(
    rf"^(?P<who>\w+)(?:'s article)? (?:(?:does not|doesn['\u2019]?t|do not|never) {_VERBS}|"
    r"(?:says|has|writes) nothing (?:about|on|of)|is silent (?:about|on)) (?P<what>[^;.:]+)(?:[;.:,] ?|$)(?P<rest>.*)$",
    re.DOTALL,
)
_DONE = r"(?:discussed|addressed|mentioned|spoken of|covered|considered|dealt with|touched on|named)"
_PASSIVE = re.compile(
    rf"^(?P<what>[^;.:]+?) (?:is|are|was|were) not {_DONE} by (?P<who>\w+)(?:[;.:,] ?|$)(?P<rest>.*)$", re.DOTALL
)
_NEAREST = re.compile(
    r"^(?:the |her |his |its )?(?:nearest|closest)(?: (?:thing|point|claim|word|passage|statement))?(?: (?:he|she) (?:says|makes))?(?: is|,|:)? ?(?:that |her |his |the )?",
    re.IGNORECASE,
)
_ANY = frozenset({"knee", "pain"})


def after_silence(
    text: str, library: Library, spelt: Callable[[str], Reading], said_by: Callable[[str], list[Reading]]
) -> tuple[str, tuple[Fault, ...]]:
    """Return what is left of a claim after "X does not discuss Y", and a fault where X does or Y is nothing.

    Args:
        text: the claim as it would be shown.
        library: whose schools count.
        spelt: reads a text.
        said_by: gives what all passages of a school say, by its id.
    """
    found = _SILENCE.match(text) or _PASSIVE.match(text)
    viewpoint = next((v for v in library.viewpoints if found and found["who"].lower() == v.surname.lower()), None)
    if found is None or viewpoint is None:
        return text, ()
    subject = spelt(found["what"]).ideas - _ANY
    spoken = [r for r in said_by(viewpoint.id) if subject and subject <= r.ideas]
    rest = f"{viewpoint.surname} says {_NEAREST.sub('', found['rest'])}" if found["rest"].strip() else viewpoint.surname
    if not subject:
        return rest, (not_enough(Rule.NEGATION, f"does not say of what {viewpoint.surname} would not speak"),)
    if not spoken:
        return rest, ()
    what = found["what"].strip()
    why = f"says that {viewpoint.surname} does not speak of {what}, which a passage of that school does"
    return rest, (contradicted(Rule.NEGATION, why),)
