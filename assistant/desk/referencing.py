"""An approved answer as a reference case: a file in the eval format (docs/eval-cases.md), made of plain values.

What a mentor judged not to carry its claim is not asked for. Where the answer was corrected, its own sentences are not
asked for either; the corrected text heads the file, for whoever writes the points that must be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.desk import approving, seeing
from assistant.desk.access import Action
from assistant.desk.queueing import found_line
from assistant.desk.sitting import Sitting
from assistant.records import approvals, casefiles, queries, reviews
from assistant.records.engine import Connection
from assistant.records.errors import ConflictError
from assistant.records.review_types import CitationVerdict, Review
from assistant.records.types import KeptAnswer
from corpus.facts import FACT_KINDS, FactType
from corpus.yamlfile import to_yaml
from guardrails.types import Dismissal, SectionKind, Status

SCHEMA = "counterpoint/eval-case/1"
_EVIDENCE = "evidence"
_SUITES = {Status.ESCALATED: "red-flag", Status.DECLINED: "out-of-scope", Status.ABSTAINED: "no-support"}
_FIRST_DEBATE = "calf-versus-chain"


def reference_case(sitting: Sitting, item_id: int) -> tuple[str, str]:
    """Return the name and the text of the file, which is written to ``<home>/cases`` as well.

    Raises:
        ConflictError: the answer is not approved, or its approval has expired.
    """
    sitting.require(Action.TAKE_OUT)
    with sitting.records.reading() as connection:
        line = found_line(sitting, connection, item_id)
        kept = approvals.select_approvals(connection, answer_id=line.answer_id, limit=1)
        if not kept:
            raise ConflictError(f"the answer of item {item_id} is not approved; only an accepted one is a reference")
        approval = approving.shown(sitting, connection, kept[0])
        answer = sitting.answer(connection, line.answer_id)
        finished = seeing.standing_reviews(reviews.select_reviews(connection, item_id))
        before = _before(connection, answer)
    if approval.is_expired:
        raise ConflictError(f"the approval of item {item_id} has expired: {'; '.join(approval.reasons)}")
    case = _case(item_id, answer, approval, finished) | before
    text = _heading(approval) + to_yaml(
        {"schema": SCHEMA, "cases": [case | {"expect": _expect(answer, approval, finished)}]}
    )
    casefiles.write(sitting.records.home, item_id, text)
    return casefiles.name_of(item_id), text


def _case(item_id: int, answer: KeptAnswer, approval: approving.Approval, finished: Iterable[Review]) -> dict[str, Any]:
    return {
        "id": f"reviewed-{item_id}",
        "suite": _suite(answer.document),
        "split": "dev",
        "author": " and ".join(approval.reviewer_names) or " and ".join(r.reviewer_name for r in finished),
        "date": approval.at.date(),
        "question": answer.question,
    }


def _before(connection: Connection, answer: KeptAnswer) -> dict[str, Any]:
    """Return the questions before this one in its case, and what was set aside on the way."""
    if answer.conversation_id is None or answer.position is None:
        return {}
    case = queries.select_conversation(connection, answer.conversation_id)
    earlier = [a.question for a in case.answers if (a.position or 0) < answer.position] if case else []
    turns = len(earlier) + 1
    aside = [d for d in queries.select_dismissals(connection, answer.conversation_id) if d.turn <= turns]
    found: dict[str, Any] = {"history": earlier} if earlier else {}
    return found | ({"dismissals": [_dismissal(d) for d in aside]} if aside else {})


def _dismissal(given: Dismissal) -> dict[str, Any]:
    row: dict[str, Any] = {"pattern": given.pattern, "reason": given.reason.value, "turn": given.turn}
    return row | ({"note": given.note} if given.note else {})


def _expect(answer: KeptAnswer, approval: approving.Approval, finished: tuple[Review, ...]) -> dict[str, Any]:
    document = answer.document
    carrying = _carrying(document, finished)
    expect = {
        "status": answer.status,
        "viewpoints": _viewpoints(document) if answer.status == Status.ANSWERED else [],
        "supportable": True if answer.status == Status.ANSWERED else None,
        "facts": _facts(document),
        "cites_any": _cites(document, carrying),
        "red_flags": [flag["pattern"] for flag in document.get("red_flags") or () if not flag.get("dismissed")],
        "cruxes_any": list(document.get("cruxes") or ()) if answer.status == Status.ANSWERED else [],
        "intent": document.get("intent") or None,
        "points": _points(document, carrying) if approval.text is None else [],
    }
    return {key: value for key, value in expect.items() if value not in (None, [], {})}


def _suite(document: Mapping[str, Any]) -> str:
    if (suite := _SUITES.get(Status(str(document["status"])))) is not None:
        return suite
    debates = document.get("debates") or ()
    if not debates:
        return "look-up"
    return "debate" if _FIRST_DEBATE in debates else "second-debate"


def _carrying(document: Mapping[str, Any], finished: Iterable[Review]) -> dict[int, Mapping[str, Any]]:
    """Return the citations that no mentor judged to fall short, by number."""
    bad = {
        n for review in finished for n, verdict in review.form.citations.items() if verdict != CitationVerdict.SUPPORTS
    }
    return {cited["number"]: cited for cited in document.get("citations") or () if cited["number"] not in bad}


def _viewpoints(document: Mapping[str, Any]) -> list[str]:
    sections = document.get("sections") or ()
    return [s["viewpoint"] for s in sections if s["kind"] == SectionKind.VIEWPOINT and s.get("viewpoint")]


def _cites(document: Mapping[str, Any], carrying: Mapping[int, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what is cited under each school, and as evidence, of which one must be cited again."""
    found: dict[str, list[str]] = {}
    if document.get("status") != Status.ANSWERED:
        return found
    for cited in carrying.values():
        found.setdefault(cited.get("viewpoint") or _EVIDENCE, []).append(cited["passage_id"])
    return found


def _facts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts in force whose value the eval format takes."""
    facts = (document.get("case") or {}).get("facts") or ()
    stands = {f["name"]: f.get("value") for f in facts if f.get("replaced_by") is None and f.get("name") in FACT_KINDS}
    return {name: value for name, value in stands.items() if _fits(FACT_KINDS[name].type, value)}


def _fits(kind: FactType, value: Any) -> bool:
    if kind is FactType.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    wanted = {FactType.FLAG: bool, FactType.CHOICE: str, FactType.SET: list}[kind]
    return isinstance(value, wanted)


def _points(document: Mapping[str, Any], carrying: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sentences of the short answer as what must be said, each on a passage that carries it."""
    short = (s for s in document.get("sections") or () if s["kind"] == SectionKind.SHORT_ANSWER)
    claims = [claim for section in short for claim in section.get("claims") or ()]
    found = [
        {"point": claim["text"], "cites_any": [carrying[n]["passage_id"] for n in claim["citations"] if n in carrying]}
        for claim in claims
    ]
    return [point for point in found if point["cites_any"]]


def _heading(approval: approving.Approval) -> str:
    """Return the corrected text as a comment: the format has no place for it, and it must not be lost."""
    if approval.text is None:
        return ""
    lines = approval.text.replace("\r", "").splitlines()
    printable = ("".join(c if c.isprintable() else " " for c in line) for line in lines)
    return "# Corrected by the reviewer:\n" + "".join(f"# {line}".rstrip() + "\n" for line in printable)
