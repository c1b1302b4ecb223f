"""``counterpoint library``: the knowledge on the terminal. Heavy imports happen inside the commands."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.usage import UsageError

if TYPE_CHECKING:
    from corpus.library import Library

_DONE, _FAILED = 0, 1
_DOI = re.compile(r"10\.\d{4,9}/\S+")
library_app = typer.Typer(
    no_args_is_help=True, help="The knowledge: sources, passages, cruxes, a clinic's own documents."
)


def shelf() -> Library:
    """Return the library in force: the packaged one with the clinic's own over it."""
    from assistant.settings import Settings
    from corpus.library import read_library

    return read_library(Settings().index.folders)


@library_app.command("list")
def library_list() -> None:
    """List debates, cruxes, briefs, measures and sources.

    Example: counterpoint library list
    """
    from ui.shelf import list_lines

    print("\n".join(list_lines(shelf())))


@library_app.command("show")
def library_show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A source, passage, crux, viewpoint or measure.")],
) -> None:
    """Show one entry whole; of a school's article, each claim with its ledger.

    Example: counterpoint library show barker-calf-rehab
    """
    from ui.shelf import show_lines

    lines = show_lines(shelf(), identifier)
    if lines is None:
        raise UsageError(f"nothing in the library has the id {identifier!r}; `counterpoint library list` shows all")
    print("\n".join(lines))


@library_app.command("lint")
def library_lint(
    path: Annotated[Path | None, typer.Argument(help="A folder to check over the packaged library.")] = None,
) -> None:
    """Check the library; each problem with its file and line.

    Example: counterpoint library lint
    """
    from assistant.settings import Settings
    from corpus.lint import report

    folders = Settings().index.folders
    if path is not None and not path.is_dir():
        raise UsageError(f"expected a folder of library files, got {path}")
    lines = report((*folders, path) if path else folders)
    print("\n".join(lines) or "library: no problem found")
    raise typer.Exit(_FAILED if lines else _DONE)


@library_app.command("add")
def library_add(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A PDF, DOCX, HTML, Markdown or text file, or a folder.")
    ],
    title: Annotated[str | None, typer.Option(help="How it is shown; else the document's own title.")] = None,
    viewpoint: Annotated[
        str | None, typer.Option(help="The school whose own document it is, by id; 'none' for no school's.")
    ] = None,
    authors: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    year: Annotated[int | None, typer.Option(min=1800, max=2100, help="The year it came out.")] = None,
    doi: Annotated[str | None, typer.Option(help="Its doi, as 10.1234/x.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be added.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What became of each file, as JSON.")] = False,
) -> None:
    """Put a clinic's own document, or a folder of them, on the shelf; undo it with `library remove`.

    Menus, promotion and scraps are left out and listed. A bad file gives an error of its own, and the rest go on. A
    folder can be added again as it grows: what is on the shelf already is passed over.

    Example: counterpoint library add "Hop protocol.pdf" --title "Our hop protocol" --viewpoint none
    """
    from ui.adding import add_all

    if not path.exists() and not path.is_symlink():
        raise UsageError(f"expected a file or a folder, got {path}, which does not exist")
    if path.is_dir() and (title or doi):
        raise UsageError("--title and --doi name one document; a folder's documents keep their own")
    if doi is not None and not _DOI.fullmatch(doi):
        raise UsageError(f"--doi: expected one such as 10.1234/x, got {doi!r}")
    details = {"title": title, "authors": authors, "year": year, "doi": doi}
    done = add_all(path, _school(viewpoint), details, date.today(), is_trial=dry_run, as_json=as_json)  # noqa: DTZ011 - the clinic's own day
    raise typer.Exit(_DONE if done else _FAILED)


def _school(viewpoint: str | None) -> str | None:
    """Return the viewpoint given, or asked for where somebody is there to answer; None for no school's."""
    if viewpoint is None and sys.stdin.isatty():
        known = ["none", *shelf().viewpoint_by_id]
        typer.echo(f"Is it a school's own document? ({', '.join(known)})", err=True)
        viewpoint = typer.prompt("School", default="none", err=True)
    if viewpoint in (None, "none"):
        return None
    known_ids = list(shelf().viewpoint_by_id)
    if viewpoint not in known_ids:
        raise UsageError(f"--viewpoint: expected none or one of {', '.join(known_ids)}, got {viewpoint!r}")
    return viewpoint


@library_app.command("remove")
def library_remove(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a document added with `library add`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Take a clinic's document off the shelf, with its passages, its vectors, and the kept answers that cite it.

    Example: counterpoint library remove clinic-our-hop-protocol
    """
    from ui.adding import remove

    if not yes and sys.stdin.isatty():
        typer.confirm(f"Remove {source_id}, its original, and every kept answer that cites it?", abort=True, err=True)
    print(remove(source_id))


@library_app.command("attach")
def library_attach(
    source_id: Annotated[str, typer.Argument(metavar="SOURCE_ID", help="A digested article, as barker-calf-rehab.")],
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="The original you hold, unabridged.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Detach it again.")] = False,
) -> None:
    """Keep the original of a digested article, so that the cited paragraph is shown beside our digest.

    Example: counterpoint library attach barker-calf-rehab article.html
    """
    from assistant.settings import Settings
    from corpus.ingest.originals import attach, detach

    home = Settings().index.home
    if remove:
        print("detached" if detach(source_id, shelf(), home) else f"nothing was attached to {source_id}")
        return
    if path is None:
        raise UsageError("expected the path of the original, or --remove")
    found = attach(source_id, path, shelf(), home)
    missing = f"; not found: {', '.join(map(str, found.missing))}" if found.missing else ""
    print(f"{len(found.found)} paragraphs of {source_id} recognised{missing}")


@library_app.command("export")
def library_export(
    form: Annotated[str, typer.Option("--format", help="bibtex, csl-json or csv.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of the terminal.")] = None,
) -> None:
    """Write the library's sources for a reference manager or a spreadsheet.

    Example: counterpoint library export --format bibtex --output counterpoint.bib
    """
    from corpus.exporting import FORMATS

    if form not in FORMATS:
        raise UsageError(f"--format: expected one of {', '.join(FORMATS)}, got {form!r}")
    library = shelf()
    text = FORMATS[form](library)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8")  # Excel tells UTF-8 by its mark
    except OSError as error:
        raise UsageError(f"--output: {output} cannot be written: {error.strerror}") from error
    print(f"counterpoint: {output}: {len(library.sources)} sources", file=sys.stderr)
