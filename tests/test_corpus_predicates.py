"""Predicates over typed facts: what parses, what holds, and that nothing is ever run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import FACT_KINDS, Facts, FactType, FactValue
from corpus.predicates import PredicateError, compile_predicate, facts_named, holds

RUNNER: Facts = {
    "age": 34.0,
    "sex": "female",
    "sport": "running",
    "aggravator": frozenset({"stairs", "hills"}),
    "condition": frozenset[str](),
    "effusion": True,
    "pregnant": False,
    "surgery.weeks": 0.0,
    "heel_rise.lsi": 80.0,
}


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("age < 35", True),
        ("age < 34", False),
        ("age <= 34", True),
        ("age > 34", False),
        ("age >= 34", True),
        ("age == 34", True),
        ("age != 34", False),
        ("age < 34.5", True),
        ("  age < 35  ", True),
        ('sport == "running"', True),
        ("sport == 'football'", False),
        ("sport != 'football'", True),
        ("'stairs' in aggravator", True),
        ("'squat' in aggravator", False),
        ("aggravator", True),
        ("condition", False),
        ("effusion", True),
        ("effusion == True", True),
        ("effusion != True", False),
        ("pregnant", False),
        ("pregnant == False", True),
        ("not pregnant", True),
        ("surgery.weeks", True),
        ("surgery.weeks < 12", True),
        ("age > 18 and sport == 'running'", True),
        ("age > 40 or effusion", True),
        ("age > 40 or sport == 'running' and pregnant", False),
        ("(age > 40 or sport == 'running') and not pregnant", True),
        ("not (age > 40)", True),
        ("not not effusion", True),
    ],
)
def test_a_predicate_holds_or_not_as_it_reads(predicate: str, expected: bool):
    assert holds(predicate, RUNNER) is expected


def test_no_predicate_always_holds():
    assert holds(None, {})


@pytest.mark.parametrize("name", sorted(FACT_KINDS))
def test_every_fact_of_the_vocabulary_can_be_asked_for_bare(name: str):
    samples: dict[FactType, FactValue] = {
        FactType.NUMBER: 0.0,
        FactType.CHOICE: next(iter(FACT_KINDS[name].choices), ""),
        FactType.SET: frozenset(FACT_KINDS[name].choices),
        FactType.FLAG: True,
    }
    assert holds(name, {name: samples[FACT_KINDS[name].type]})
    assert not holds(name, {})


@pytest.mark.parametrize(
    "predicate",
    ["age < 18", "age >= 18", "age != 18", "sex == 'male'", "sex != 'male'", "'stairs' in aggravator", "effusion"],
)
def test_a_fact_that_is_not_known_makes_every_comparison_false_and_not_turns_it_round(predicate: str):
    assert not holds(predicate, {})
    assert holds(f"not ({predicate})", {})


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        ("", "expected a predicate such as"),
        ("   ", "expected a predicate such as"),
        ("age <", "expected a predicate such as"),
        ("age <> 3", "expected a predicate such as"),
        ("age = 3", "expected a predicate such as"),
        ("age < 1\nage", "expected a predicate such as"),
        ("age\0", "expected a predicate such as"),
        ("sport == '\ud800'", "expected a predicate such as"),
        ("weight < 80", "expected a known fact, got 'weight'"),
        ("age.years < 80", "expected a known fact, got 'age.years'"),
        ("surgery", "expected a known fact, got 'surgery'"),
        ("18 < age", "expected a known fact, got '18'"),
        ("'stairs' not in aggravator", "expected a known fact"),
        ("age < 'young'", "expected a number to compare age with"),
        ("age < True", "expected a number to compare age with"),
        ("age < -1", "expected a number to compare age with"),
        ("age == None", "expected a number to compare age with"),
        ("age < surgery.weeks", "expected a number to compare age with"),
        ("age < 10**10**10", "expected a number to compare age with"),
        ("sex == 1", "expected a quoted word to compare sex with"),
        ("sex == 'other'", "expected one of ['female', 'male'] for sex, got 'other'"),
        ("sex < 'male'", "sex is a choice: compare it with == or !="),
        ("effusion < True", "effusion is a flag: compare it with == or !="),
        ("'running' in sport", "expected a set after 'in', got sport (choice)"),
        ("3 in age", "expected a set after 'in', got age (number)"),
        ("'drums' in aggravator", "for aggravator, got 'drums'"),
        ("aggravator == 'stairs'", "aggravator is a set"),
        ("age is 3", "got Is on age"),
        ("1 < age < 3", "expected names, comparisons, and/or/not"),
        ("True", "expected names, comparisons, and/or/not"),
        ("age + 1", "expected names, comparisons, and/or/not"),
        ("a" * 301, "expected at most 300 characters, got 301"),
        ("(" * 250 + "age" + ")" * 250, "expected at most 300 characters, got 503"),
        ("(" * 148 + "age" + ")" * 147, "expected a predicate such as"),
        ("age" + ".x" * 140, "expected a known fact"),
    ],
)
def test_a_predicate_that_is_not_well_formed_is_refused_with_what_was_expected(predicate: str, said: str):
    with pytest.raises(PredicateError) as caught:
        compile_predicate(predicate)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "attempt",
    [
        "__import__('pathlib').Path('CANARY').touch()",
        "age < __import__('pathlib').Path('CANARY').touch()",
        "__import__('pathlib').Path('CANARY').touch() in aggravator",
        "age.__class__.__mro__[1].__subclasses__()",
        "open('CANARY', 'w')",
        'exec(\'open("CANARY", "w")\')',
        "(lambda: open('CANARY', 'w'))()",
        "[open('CANARY', 'w') for age in 'x']",
        "f\"{open('CANARY', 'w')}\" == sex",
        "age if open('CANARY', 'w') else sex",
        "(age := open('CANARY', 'w'))",
        "age and open('CANARY', 'w')",
        "not open('CANARY', 'w')",
        "age < 18 or print('CANARY')",
    ],
)
def test_code_in_a_predicate_is_refused_and_never_run(
    attempt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PredicateError):
        holds(attempt, RUNNER)
    assert not list(tmp_path.iterdir())
    assert capsys.readouterr().out == ""


def test_a_predicate_as_deep_as_its_length_allows_still_holds():
    assert holds("not " * 74 + "age", RUNNER)
    assert holds("(" * 90 + "age" + ")" * 90, RUNNER)
    assert holds(" or ".join(["pregnant"] * 23 + ["effusion"]), RUNNER)


@pytest.mark.parametrize(
    ("predicate", "names"),
    [
        (None, set[str]()),
        ("age < 18", {"age"}),
        ("not surgery.kind or surgery.weeks < 12", {"surgery.kind", "surgery.weeks"}),
        ("'stairs' in aggravator and age > 3 and age < 9", {"aggravator", "age"}),
    ],
)
def test_the_facts_a_predicate_looks_at_are_named(predicate: str | None, names: set[str]):
    assert facts_named(predicate) == names


def test_naming_the_facts_of_a_bad_predicate_is_refused():
    with pytest.raises(PredicateError):
        facts_named("weight < 80")


ATOMS: dict[str, Callable[[Facts], bool]] = {
    "age < 18": lambda f: "age" in f and float(f["age"]) < 18,  # type: ignore[arg-type]
    "sex == 'male'": lambda f: f.get("sex") == "male",
    "'stairs' in aggravator": lambda f: "stairs" in f.get("aggravator", ()),  # type: ignore[operator]
    "effusion": lambda f: f.get("effusion") is True,
}
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.floats(0, 100),
        "sex": st.sampled_from(["male", "female"]),
        "aggravator": st.frozensets(st.sampled_from(["stairs", "hills"])),
        "effusion": st.booleans(),
    },
)
Meaning = tuple[str, Callable[[Facts], bool]]


def _both(pair: tuple[Meaning, Meaning]) -> Meaning:
    (a, f), (b, g) = pair
    return f"({a} and {b})", lambda facts: f(facts) and g(facts)


def _either(pair: tuple[Meaning, Meaning]) -> Meaning:
    (a, f), (b, g) = pair
    return f"({a} or {b})", lambda facts: f(facts) or g(facts)


def _negated(one: Meaning) -> Meaning:
    return f"(not {one[0]})", lambda facts: not one[1](facts)


MEANINGS: st.SearchStrategy[Meaning] = st.recursive(
    st.sampled_from(list(ATOMS.items())),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(_both), st.tuples(inner, inner).map(_either), inner.map(_negated)
    ),
    max_leaves=6,
).filter(lambda m: len(m[0]) <= 300)


@given(MEANINGS, FACTS)
def test_and_or_and_not_mean_what_they_mean_in_logic(meaning: Meaning, facts: Facts):
    predicate, expected = meaning
    assert holds(predicate, facts) is expected(facts)


@given(st.text(max_size=40))
def test_any_text_is_either_a_predicate_or_refused_as_one(text: str):
    try:
        test = compile_predicate(text)
    except PredicateError:
        return
    assert test({}) in (True, False)
