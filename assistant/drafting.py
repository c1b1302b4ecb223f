"""A model's draft, judged; revised once with what was found; given up in favour of the library's own.

Whatever a provider or a guard does, this ends within the model's time limit and returns: a draft that passed with its
verdict, or none and the attempts that were not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from assistant.asking import Task, first_messages, repair_messages, revision_messages, schema_of
from assistant.faults import Fault, fault_in
from assistant.generative import draft_of
from guardrails.types import Attempt, Draft, Usage, Verdict

Messages: TypeAlias = Sequence[tuple[str, str]]
_CHECKS = {
    "claims_cited": "citations",
    "citations_exist": "citations",
    "claims_supported": "support",
    "viewpoint_balance": "balance",
    "safety_first": "safety",
}


class Exchange(Protocol):
    """One question's dealings with a model, under one time limit; `assistant.llm.Exchange` is one."""

    @property
    def usage(self) -> Usage:
        """What was used so far."""
        ...

    def ask(self, messages: Messages, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON object answered, or raise a ModelError."""
        ...


class Model(Protocol):
    """What drafts; `assistant.llm.LanguageModel` is one."""

    @property
    def name(self) -> str:
        """The composer's name: provider:name."""
        ...

    @property
    def most_drafts(self) -> int:
        """How often it may draft."""
        ...

    def exchange(self) -> Exchange:
        """Begin the dealings for one question."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What came of asking a model: a draft with its passing verdict, or neither; and the drafts not shown."""

    draft: Draft | None = None
    verdict: Verdict | None = None
    attempts: tuple[Attempt, ...] = ()
    revisions: int = 0
    usage: Usage | None = None


def drafted(
    make_task: Callable[[], Task],
    model: Model,
    check: Callable[[Draft], Verdict],
    stage: Callable[[str], AbstractContextManager[None]],
) -> Drafted:
    """Return the model's draft if it passes `check`, at once or after one revision.

    Args:
        make_task: says what is to be drafted.
        model: drafts it.
        check: the whole verdict on a draft.
        stage: times what happens inside and tells who listens.
    """
    exchange = model.exchange()
    attempts: list[Attempt] = []
    task: Task | None = None
    messages: Messages = ()
    for number in range(model.most_drafts):
        made: Draft | None = None
        try:
            with stage("revision" if number else "draft"):
                task = task or make_task()
                messages = messages or first_messages(task)
                reply = exchange.ask(messages, schema_of(task))
                made = draft_of(reply, task, model.name)
            with stage("verdict"):
                verdict = check(made)
        except Exception as error:  # noqa: BLE001 - whatever it was, the user gets the library's own answer
            fault = fault_in(error)
            attempts.append(Attempt(composer=model.name, draft=made, error=str(fault)))
            if not fault.fault.is_of_form:
                break
            messages = repair_messages(messages, fault)
            continue
        if verdict.passed:
            return Drafted(
                draft=made, verdict=verdict, attempts=tuple(attempts), revisions=number, usage=exchange.usage
            )
        attempts.append(Attempt(composer=model.name, draft=made, findings=verdict.findings))
        messages = revision_messages(messages, reply, verdict.findings)
    return Drafted(attempts=tuple(attempts), revisions=len(attempts) - 1, usage=exchange.usage)


def note_on(attempts: Sequence[Attempt]) -> str:
    """Return the line that says why the answer is composed from the library and not the model's.

    >>> note_on([Attempt(composer="openai:x", draft=None, error="timeout: it took longer than it may; raise …")])
    'The model gave no draft (it took longer than it may); this answer is composed from the library.'
    """
    last = attempts[-1]
    if last.findings:
        checks = dict.fromkeys(_CHECKS.get(f.rule, f.rule.replace("_", " ")) for f in last.findings)
        return f"The model's draft was held back ({', '.join(checks)}); this answer is composed from the library."
    return f"The model gave no draft ({_why(last)}); this answer is composed from the library."


def _why(attempt: Attempt) -> str:
    """Return the fault's own words, which hold no digits: a note may hold no number that the case does not."""
    name = (attempt.error or "").partition(":")[0]
    return Fault(name).words
