"""A conversation in the terminal, kept in the records."""

from __future__ import annotations

import uuid

from rich.console import Console
from rich.markdown import Markdown

from assistant.door import Assistant
from assistant.pipeline import QuestionError
from assistant.presenting import INTENDED_USE, to_dict, to_markdown, to_trace
from assistant.records.store import Records
from guardrails.types import Detail

_HELP = "Type a case or a question. /full and /brief change the length, /new starts another case, /quit ends."


def run_chat(helper: Assistant, detail: Detail | None) -> None:
    """Ask and answer until an empty line, /quit or the end of input."""
    console = Console()
    console.print(f"[bold]Counterpoint[/bold]. {INTENDED_USE}\n{_HELP}")
    conversation, history, chosen = _fresh(), [], detail or helper.settings.detail
    with Records(helper.settings.index.home, helper.settings.database_url) as records:
        while (typed := _line(console)) is not None:
            match typed:
                case "" | "/quit":
                    return
                case "/full" | "/brief":
                    chosen = Detail(typed[1:])
                    console.print(f"Answers are {chosen} now.")
                case "/new":
                    conversation, history = _fresh(), []
                    console.print("A new case.")
                case "/help":
                    console.print(_HELP)
                case _:
                    _reply(helper, records, console, typed, history, chosen, conversation)


def _fresh() -> str:
    return f"c-{uuid.uuid4().hex[:20]}"


def _line(console: Console) -> str | None:
    try:
        return console.input("\n[bold]> [/bold]").strip()
    except EOFError:
        return None


def _reply(
    helper: Assistant,
    records: Records,
    console: Console,
    typed: str,
    history: list[str],
    detail: Detail,
    conversation: str,
) -> None:
    try:
        with console.status("working…") as status:
            found = helper.ask(
                typed,
                history=history,
                detail=detail,
                conversation=conversation,
                on_stage=lambda s: status.update(f"{s}…"),
            )
    except QuestionError as error:
        console.print(f"[yellow]{error}[/yellow]")
        return
    library = helper.snapshot.library
    records.keep(to_dict(found, library, helper.originals), to_trace(found), conversation=conversation)
    history.append(found.question)
    console.print(Markdown(to_markdown(found, library).replace("[", "\\[")))
