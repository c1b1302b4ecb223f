"""A conversation in the terminal, kept in the records."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from assistant.door import Assistant
from assistant.pipeline import QuestionError
from assistant.presenting import INTENDED_USE, to_dict, to_trace
from assistant.records.store import Records
from guardrails.dismissing import DismissalError
from guardrails.types import Detail, Dismissal
from ui.setting_aside import flag_lines, fresh, from_words, in_chat

_HELP = (
    "Type a case or a question. /full and /brief change the length, /new starts another case, /flags lists the red "
    "flags, /dismiss PATTERN REASON sets one aside, /quit ends."
)


@dataclass(slots=True, kw_only=True)
class _Talk:
    """What the conversation holds so far."""

    detail: Detail
    conversation: str = field(default_factory=lambda: f"c-{uuid.uuid4().hex[:20]}")
    history: list[str] = field(default_factory=list[str])
    dismissals: list[Dismissal] = field(default_factory=list[Dismissal])
    last: dict[str, Any] | None = None


def run_chat(helper: Assistant, detail: Detail | None) -> None:
    """Ask and answer until an empty line, /quit or the end of input."""
    console = Console()
    console.print(f"[bold]Counterpoint[/bold]. {INTENDED_USE}\n{_HELP}", markup=True)
    talk = _Talk(detail=detail or helper.settings.detail)
    with Records(helper.settings.index.home, helper.settings.database_url) as records:
        while (typed := _line(console)) is not None:
            match typed:
                case "" | "/quit":
                    return
                case "/full" | "/brief":
                    talk.detail = Detail(typed[1:])
                    console.print(f"Answers are {talk.detail} now.")
                case "/new":
                    talk = _Talk(detail=talk.detail)
                    console.print("A new case.")
                case "/help":
                    console.print(_HELP)
                case "/flags":
                    _show_flags(helper, console, talk)
                case _ if typed.split()[0] == "/dismiss":
                    _dismiss(helper, records, console, talk, typed.removeprefix("/dismiss"))
                case _:
                    _reply(helper, records, console, talk, typed)


def _line(console: Console) -> str | None:
    try:
        return console.input("\n[bold]> [/bold]").strip()
    except EOFError:
        return None


def _show_flags(helper: Assistant, console: Console, talk: _Talk) -> None:
    flags = talk.last["red_flags"] if talk.last else []
    lines = flag_lines(flags, helper.snapshot.library) or ["No red flag was seen in this case."]
    console.print("\n".join(lines), markup=False)


def _dismiss(helper: Assistant, records: Records, console: Console, talk: _Talk, words: str) -> None:
    """Set a red flag aside and ask the last question again."""
    if talk.last is None:
        console.print("[yellow]expected a question before /dismiss; type the case first[/yellow]")
        return
    try:
        given = from_words(words, helper.snapshot.library, turn=len(talk.history) + 1)
    except DismissalError as error:
        console.print(str(error), style="yellow", markup=False)
        return
    _reply(helper, records, console, talk, talk.history[-1], given)


def _reply(
    helper: Assistant,
    records: Records,
    console: Console,
    talk: _Talk,
    typed: str,
    *given: Dismissal,
) -> None:
    try:
        with console.status("working…") as status:
            found = helper.ask(
                typed,
                history=talk.history,
                detail=talk.detail,
                conversation=talk.conversation,
                dismissals=(*talk.dismissals, *given),
                on_stage=lambda s: status.update(f"{s}…"),
            )
    except QuestionError as error:
        console.print(str(error), style="yellow", markup=False)
        return
    document = to_dict(found, helper.snapshot.library, helper.originals)
    records.keep(document, to_trace(found), conversation=talk.conversation, dismissals=fresh(found))
    talk.history.append(found.question)
    talk.dismissals = [*talk.dismissals, *fresh(found)]
    talk.last = document
    console.print(Markdown(document["markdown"].replace("[", "\\[")))
    if how := in_chat(document):
        console.print(how, markup=False)
