"""The terminal's door. Heavy imports happen inside the commands, so that ``--help`` and ``ask`` stay quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import taking
from ui.ending import DONE, FAILED, MISSING, STOPPED, one_line_errors
from ui.eval_commands import eval_app
from ui.keeping import records_app
from ui.librarian import library_app, shelf
from ui.measuring import measure_app
from ui.opening import opened_assistant
from ui.usage import UsageError

if TYPE_CHECKING:
    from assistant.door import Assistant
    from guardrails.types import Detail, Dismissal

app = typer.Typer(
    name="counterpoint",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Cited decision support for physiotherapists with knee patients: both schools, the evidence, what decides.",
)
app.add_typer(library_app, name="library")
app.add_typer(eval_app, name="eval")
app.add_typer(measure_app, name="measure")
app.add_typer(records_app, name="records")
app.command("note")(taking.note)

DetailOption = Annotated[str | None, typer.Option("--detail", help="brief (220 words at most) or full (400).")]


def main() -> None:
    """Run the command line; every error is one line on stderr and an exit code of the contract."""
    with one_line_errors():
        code = app(prog_name="counterpoint", standalone_mode=False)
        sys.stdout.flush()
        if code == STOPPED:
            raise KeyboardInterrupt
        sys.exit(code or DONE)


def _model(name: str | None) -> str | None:
    from assistant.settings import checked_model

    if name is None:
        return None
    try:
        return checked_model(name)
    except ValueError as error:
        raise UsageError(f"--model: {error}") from None


def _detail(text: str | None) -> Detail | None:
    from guardrails.types import Detail

    if text is None:
        return None
    try:
        return Detail(text)
    except ValueError:
        raise UsageError(f"--detail: expected brief or full, got {text!r}") from None


def _typed(question: str) -> str:
    """Return the question, from standard input for ``-``; refused before an index is built for it."""
    from assistant.pipeline import checked

    text = sys.stdin.buffer.read().decode("utf-8", "replace") if question == "-" else question
    checked(text)
    return text


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The case or question; - reads standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")] = False,
    detail: DetailOption = None,
    conversation: Annotated[
        str | None, typer.Option("--conversation", help="Go on with this conversation (c-…).")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="P:N", help="Draft by this language model (provider:name); see docs/models.md."
        ),
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option("--dismiss", help="Set a red flag aside: dvt=scanned-clear[:note]; may be given again."),
    ] = None,
    replay: Annotated[
        str | None,
        typer.Option("--replay", metavar="ID", help="Ask a kept answer's question again; say what changed (exit 1)."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the answer as a file: .pdf, .md or .json.")
    ] = None,
) -> None:
    """Answer one question.

    Example: counterpoint ask "34M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?"
    """
    from assistant.presenting import to_dict, to_trace

    if replay is not None:
        raise typer.Exit(_replay(replay, question or detail or conversation or save, _model(model), as_json=as_json))
    if question is None:
        raise UsageError("expected a question or --replay ID, got neither; see `counterpoint ask --help`")
    taking.check_target(save)
    text, chosen, drafter = _typed(question), _detail(detail), _model(model)
    helper = opened_assistant(drafter)
    if conversation is not None:
        document = _ask_in_conversation(helper, text, chosen, conversation, dismiss or ())
    else:
        from assistant.records.spool import spool

        found = helper.ask(text, detail=chosen, dismissals=_set_aside(helper, dismiss or (), turn=1))
        document = to_dict(found, helper.snapshot.library, helper.originals)
        spool(helper.settings.index.home, document, to_trace(found, document))
    if save is not None:
        taking.save(document, save, helper.snapshot.library)
    if as_json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(document)


def _set_aside(helper: Assistant, options: Sequence[str], *, turn: int) -> tuple[Dismissal, ...]:
    if not options:
        return ()
    from ui.setting_aside import from_option

    return tuple(from_option(option, helper.snapshot.library, turn=turn) for option in options)


def _replay(answer_id: str, beside: object, model: str | None, *, as_json: bool) -> int:
    from ui import replays

    if beside is not None:
        raise UsageError(
            "--replay: expected no question, detail, conversation or file beside it; the kept ones are taken"
        )
    found = replays.replay(opened_assistant(model), answer_id)
    if as_json:
        print(json.dumps(replays.as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(replays.lines(found)))
    return DONE if found.is_same else FAILED


def _ask_in_conversation(
    helper: Assistant, text: str, detail: Detail | None, conversation: str, dismiss: Sequence[str]
) -> dict[str, object]:
    from assistant.presenting import to_dict, to_trace
    from assistant.records.store import Records
    from ui.setting_aside import fresh

    with Records(helper.settings.index.home, helper.settings.database_url) as records:
        if not records.knows(conversation):
            print(
                f"counterpoint: no conversation {conversation} is kept yet; a new one begins with it", file=sys.stderr
            )
        history = records.questions(conversation)
        given = _set_aside(helper, dismiss, turn=len(history) + 1)
        found = helper.ask(
            text,
            history=history,
            detail=detail,
            conversation=conversation,
            dismissals=(*records.dismissals(conversation), *given),
        )
        document = to_dict(found, helper.snapshot.library, helper.originals)
        records.keep(document, to_trace(found, document), conversation=conversation, dismissals=fresh(found))
    return document


def _show(document: dict[str, object]) -> None:
    markdown = str(document["markdown"])
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(markdown.replace("[", "\\[")))
    else:
        print(markdown)
    if document["status"] == "escalated":
        from ui.setting_aside import in_terminal

        print(in_terminal(document))


@app.command()
def batch(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN.jsonl", help='Lines of {"id", "question", "history": [...], "dismissals": [...]}.'),
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="One answer a line, same order, id kept.")],
    detail: DetailOption = None,
) -> None:
    """Answer many questions, one a line; a bad line gives an error line and the rest go on.

    Example: counterpoint batch questions.jsonl answers.jsonl
    """
    from ui.batch import run_batch

    if not source.is_file():
        raise UsageError(f"expected a file of questions, got {source}; see `counterpoint batch --help`")
    if not target.parent.is_dir() or (target.exists() and target.samefile(source)):
        raise UsageError(f"expected a new file in a folder that exists for the answers, got {target}")
    chosen = _detail(detail)
    done, failed = run_batch(opened_assistant(), source, target, chosen)
    print(f"{done} answered, {failed} lines with errors: {target}", file=sys.stderr)
    raise typer.Exit(FAILED if failed else DONE)


@app.command()
def chat(detail: DetailOption = None) -> None:
    """Hold a conversation in the terminal; an empty line or Ctrl-D ends it.

    Example: counterpoint chat --detail full
    """
    from ui.chat import run_chat

    chosen = _detail(detail)
    run_chat(opened_assistant(), chosen)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="A loopback address; nothing else is served yet.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 7860,
) -> None:
    """Serve the web chat and the HTTP API in one process on this machine.

    Example: counterpoint serve --port 7861
    """
    from ui.server import check_address, run

    check_address(host, port)
    run(opened_assistant(), host=host, port=port)


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Encode everything again.")] = False,
) -> None:
    """Build or update the index; unchanged passages are not encoded again.

    Example: counterpoint index
    """
    from assistant.settings import Settings
    from corpus.index import build
    from ui.progress import terminal_progress

    with terminal_progress() as progress:
        pointer = build(Settings().index, progress, rebuild=rebuild)
    print(
        f"{pointer.passages} passages and {pointer.asks} phrasings indexed, {pointer.encoded} encoded by the last build"
    )


@app.command()
def about() -> None:
    """Tell version, intended use, limits, and what the library holds.

    Example: counterpoint about
    """
    from assistant.settings import Settings
    from ui.about import about_lines

    print("\n".join(about_lines(shelf(), Settings().index.home)))


@app.command()
def doctor() -> None:
    """Check what is installed, configured, reachable and indexed; each line ok or what to do.

    Example: counterpoint doctor
    """
    from ui.doctor import examine

    lines, is_well = examine()
    print("\n".join(lines))
    raise typer.Exit(DONE if is_well else MISSING)


if __name__ == "__main__":
    main()
