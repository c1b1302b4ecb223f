"""``counterpoint measure``: each command, its example, its JSON and its errors."""

from __future__ import annotations

import json
import re
import shlex

import pytest
import typer.main

from corpus.library import read_library
from tests.command_line import command_line
from ui.cli import app
from ui.shelf import show_lines

GROUP = typer.main.get_command(app).commands["measure"].commands
EXAMPLES = {n: re.search(r"Example: counterpoint (measure .+)", c.help).group(1) for n, c in GROUP.items()}
COMMANDS = {
    "heel-rise", "lsi", "knee-to-wall", "step-down", "hop-battery", "wells-dvt", "ottawa-knee", "pittsburgh-knee", "koos-change",
    "nprs-change",
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line here and returns its exit code, output and errors."""
    here = command_line(monkeypatch, capsys, tmp_path, tmp_path / "home")
    return lambda line: here(*shlex.split(line))


def test_help_lists_every_calculator(run):
    code, out, _ = run("measure --help")
    assert code == 0
    assert set(EXAMPLES) == COMMANDS
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_example_of_each_command_runs_and_tells_result_meaning_limits_protocol_and_sources(run, tmp_path, name):
    code, out, err = run(EXAMPLES[name])
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if line[0] != " "][:2] == ["Result", "Means"]
    for part in ("\nLimits ", "\nValid for ", "\nProtocol ", "\nSources ", "not for patients."):
        assert part in out
    assert "doi:" in out or "PMID" in out
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_json_holds_the_same_and_where_it_comes_from(run, name):
    code, out, err = run(f"{EXAMPLES[name]} --json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["schema"] == "counterpoint-measure/1"
    assert all(
        document[key]
        for key in ("measure", "said", "values", "band", "meaning", "limits", "valid", "protocol", "sources")
    )
    assert {s["passage_id"] for s in document["sources"]} <= set(read_library().passages)
    assert all({"name", "value", "unit"} == set(v) for v in document["values"])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_same_input_gives_the_same_bytes(run, name):
    assert run(EXAMPLES[name])[1] == run(EXAMPLES[name])[1]


# what is typed, the values in the JSON, the band
WORKED = [
    ("heel-rise --age 34 --sex male --left 14 --right 27", [56, 16], "below the norm"),
    ("heel-rise --age 28 --sex female --right 31", [0], "at the norm"),
    ("lsi --involved 118 --other 142", [83.1], "below 90%"),
    ("lsi --involved 2.4 --other 2.1 --time", [87.5], "below 90%"),
    ("knee-to-wall --left 8 --right 11.5", [3.5], "beyond measurement error"),
    ("step-down", [0], "good"),
    ("step-down --arm --trunk --pelvis --knee inside-foot --unsteady", [6], "poor"),
    ("hop-battery --single 118/142 --timed 2.4/2.1", [83.1, 87.5], "not all passed"),
    ("hop-battery --single 95 --triple 95 --crossover 95 --quadriceps 95", [95, 95, 95, 95], "all passed"),
    ("wells-dvt", [0], "DVT unlikely by the score"),
    ("wells-dvt --active-cancer --paralysis-or-plaster --bed-or-surgery --deep-vein-tenderness --entire-leg-swollen --calf-swelling --pitting-oedema --collateral-veins --previous-dvt --alternative-diagnosis", [7], "DVT likely by the score"),
    ("ottawa-knee --age 41", [0], "X-ray not asked for"),
    ("ottawa-knee --age 55 --fibular-head --patella-only --no-flexion-90 --no-four-steps", [5], "X-ray asked for"),
    ("pittsburgh-knee --age 63", [1], "X-ray not asked for"),
    ("pittsburgh-knee --age 30 --fall-or-blunt-trauma --no-four-steps", [2], "X-ray asked for"),
    ("koos-change --before 48 --after 66 --condition oa --subscale pain", [18, 15], "at or above the important change"),
    ("nprs-change --before 6 --after 4.5 --condition pfp", [1.5], "between the published thresholds"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "values", "band"), WORKED)
def test_each_command_gives_its_values_and_band(run, typed, values, band):
    document = json.loads(run(f"measure {typed} --json")[1])
    assert [v["value"] for v in document["values"]] == values
    assert document["band"] == band


# what is typed, what the one line of error says
WRONG = [
    ("heel-rise --age 15 --sex male --left 3", "age: expected 20 to 81 years, the norm sample; got 15"),
    ("heel-rise --age 34 --sex male", "sides counted: expected 1 to 2 sides; got 0"),
    ("heel-rise --age 34 --sex male --left -3", "heel rises: expected 0 to 300 repetitions; got -3"),
    ("heel-rise --sex male --left 3", "--age"),
    ("heel-rise --age 34 --sex x --left 3", "'x' is not one of 'female', 'male'"),
    ("heel-rise --age young --sex male --left 3", "--age"),
    ("lsi --involved 3 --other 0", "the other side: expected more than 0; got 0"),
    ("lsi --involved nan --other 3", "expected 0 to 100000 in the unit of the test; got nan"),
    ("knee-to-wall --left 80 --right 110", "knee-to-wall: expected 0 to 30 cm; got 80"),
    ("step-down --knee outside", "'outside' is not one of"),
    ("hop-battery", "tests given: expected 1 to 7 tests; got 0"),
    ("hop-battery --single far", "--single: expected per cent or INVOLVED/OTHER, such as 84 or 118/142; got 'far'"),
    ("hop-battery --single 118/", "--single: expected per cent or INVOLVED/OTHER"),
    ("hop-battery --triple 118/0", "the other side: expected more than 0; got 0"),
    ("hop-battery --triple 240", "symmetry: expected 0 to 200%; got 240"),
    ("wells-dvt --pregnant", "refer the same day on suspicion alone"),
    ("wells-dvt --age 16", "age: expected 18 to 120 years"),
    ("ottawa-knee --age 12", "age: expected 18 to 120 years, the adults the rule was made for; got 12"),
    ("pittsburgh-knee --age 130", "age: expected 0 to 120 years; got 130"),
    ("koos-change --before 48 --after 66 --condition pfp --subscale pain", "subscale: expected patellofemoral for pfp"),
    (
        "koos-change --before 48 --after 166 --condition oa --subscale pain",
        "KOOS points: expected 0 to 100 points; got 166",
    ),
    ("nprs-change --before 11 --after 4 --condition pfp", "pain: expected 0 to 10 points; got 11"),
    ("nprs-change --before 6 --after 4 --condition gout", "condition: expected pfp, oa or chronic; got 'gout'"),
    ("goniometer", "goniometer"),
]


@pytest.mark.parametrize(("typed", "says"), WRONG)
def test_what_does_not_fit_exits_2_with_one_line_that_names_the_range(run, typed, says):
    code, out, err = run(f"measure {typed}")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("counterpoint: ")
    assert says in err


def test_the_group_alone_shows_what_there_is_and_exits_2(run):
    code, out, _ = run("measure")
    assert code == 2
    assert "Commands" in out


def test_each_criterion_is_listed_with_yes_or_no(run):
    out = run("measure wells-dvt --calf-swelling")[1]
    assert "yes  calf at least 3 cm larger than the other" in out
    assert out.count("no   ") == 9


def test_what_was_seen_second_hand_says_so(run):
    assert "seen: as reported by another document" in " ".join(run(EXAMPLES["heel-rise"])[1].split())


def test_a_measure_of_the_library_says_which_command_works_it_out_and_where_it_is_from():
    lines = "\n".join(show_lines(read_library(), "wells-dvt"))
    assert "computed by: counterpoint measure wells-dvt" in lines
    assert "valid: adults with a suspected clot" in lines
    assert "from: nice-ng158-wells-table:1, Venous thromboembolic diseases" in lines


def test_every_measure_that_names_a_command_names_one_that_exists():
    named = {m.computes for m in read_library().measures if m.computes}
    assert named == COMMANDS


def test_a_clinic_that_takes_a_passage_away_still_gets_the_result(run, tmp_path):
    folder = tmp_path / "home" / "library"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(
        "sources:\n- {id: chisholm-2012, title: Withdrawn, design: cohort, retracted: true, seen: {level: abstract}, passages: []}\n"
    )
    code, out, err = run(EXAMPLES["knee-to-wall"])
    assert (code, err) == (0, "")
    assert "Chisholm" not in out
