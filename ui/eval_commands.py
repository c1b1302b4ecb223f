"""``counterpoint eval``: the evals on the terminal. Heavy imports happen inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.ending import DONE, FAILED
from ui.opening import opened_assistant

eval_app = typer.Typer(no_args_is_help=True, help="The reference cases and what they measure.")
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", metavar="F", help="The baseline; the packaged one when left out.")
]


@eval_app.command("run")
def eval_run(  # noqa: PLR0913 (a parameter for each option)
    *,
    suite: Annotated[
        list[str] | None, typer.Option("--suite", help="A suite of cases, 'metamorphic', or 'mutation' by itself.")
    ] = None,
    case: Annotated[list[str] | None, typer.Option("--case", help="One case by its id; may be given again.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write JSON here.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write Markdown here, for a pull request.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write one HTML page here, with plots and the answers.")] = None,
    baseline: BaselineOption = None,
    every_pair: Annotated[
        bool, typer.Option("--every-pair", help="All pairs of wordings, not a sample of them.")
    ] = False,
    shuffle: Annotated[
        int | None, typer.Option(metavar="SEED", help="Ask in another order; the report is the same.")
    ] = None,
) -> None:
    """Put the reference cases to the product; exit 1 when a threshold is missed or something was lost.

    Example: counterpoint eval run --suite debate --markdown report.md
    """
    from ui.evaluation import Order, run_evals
    from ui.outputs import checked

    files = checked({"junit": junit, "json": json_file, "markdown": markdown, "html": html})
    order = Order(
        suites=tuple(suite or ()), ids=tuple(case or ()), every_pair=every_pair, baseline=baseline, shuffle=shuffle
    )
    raise typer.Exit(run_evals(opened_assistant, order, files))


@eval_app.command("list")
def eval_list() -> None:
    """List the reference cases by suite.

    Example: counterpoint eval list
    """
    from ui.evaluation import case_lines

    print("\n".join(case_lines()))


@eval_app.command("retrieval")
def eval_retrieval(
    folder: Annotated[
        Path,
        typer.Argument(help="A set in the BEIR layout, or the name of a packaged one: clinic-notes, knee, two-sides."),
    ],
    split: Annotated[
        str | None, typer.Option("--split", help="The part, such as test; by default dev, or the only one.")
    ] = None,
    corpus: Annotated[
        str, typer.Option("--corpus", help="folder: the set's own corpus.jsonl; library: the passages of the library.")
    ] = "folder",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as JSON.")] = None,
    run: Annotated[
        Path | None, typer.Option("--run", help="Write the ranking here: query-id, tab, passage-id, in rank order.")
    ] = None,
) -> None:
    """Search a set of judged questions as the product does, beside BM25, dense, plain fusion and MMR.

    Example: counterpoint eval retrieval two-sides --json figures.json
    """
    from ui.outputs import checked
    from ui.retrieving import run_retrieval

    files = checked({"json": json_file, "run": run})
    run_retrieval(opened_assistant(), folder, split=split, corpus=corpus, files=files)


@eval_app.command("compare")
def eval_compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A report (--json) or a baseline.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The one to hold against it.")],
) -> None:
    """Put two runs side by side; exit 1 when B lost a must-hold, or a metric by more than chance explains.

    Example: counterpoint eval compare main.json change.json
    """
    from ui.baselines import compare_files

    raise typer.Exit(DONE if compare_files(before, after) else FAILED)


@eval_app.command("baseline")
def eval_baseline(
    *,
    write: Annotated[bool, typer.Option("--write", help="Write it, too.")] = False,
    baseline: BaselineOption = None,
) -> None:
    """Run all reference cases and show what they would change in the baseline.

    Example: counterpoint eval baseline --write
    """
    from ui.baselines import renew_baseline

    raise typer.Exit(renew_baseline(opened_assistant, baseline, keep=write))
