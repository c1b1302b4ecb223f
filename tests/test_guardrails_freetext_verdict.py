"""Free sentences against the passages they cite: true rewordings pass, sentences broken in one way do not.

The two tables were written before the checks were tuned, from passages whose fingerprint is even; they are the half that
was looked at. What is known to be missed stands in ``MISSED``.
"""

from __future__ import annotations

import re
import time
from hashlib import sha256
from pathlib import Path
from statistics import median

import pytest

from corpus.inference import Entailment
from guardrails.freetext.types import Outcome, Rule
from guardrails.freetext.verdict import judged, unsaid
from tests.test_guardrails_policy import is_plain, packaged

FOLDER = Path(__file__).parent / "fixtures"
# Of the table's 125: a stretch called an extension, a rate "higher" beside what it lowered, and a list of three failures.
REFUSED = ("Extending a novice plan", "In healthy runners, a step rate", "Changing hip, knee, ankle")
MISSED = (
    "In 121 adolescents, adding supervised exercise raised recovery at a year (OR 1.73, NNT 5).",
    "There is a clinical reason why people should not kneel on a new knee after replacement.",
    "In healthy runners raising step rate increased the energy absorbed at the knee.",
    "Generic tape eases pain immediately with a large effect, tailored tape only with a small one.",
    "The knee strengthening arm felt pain drop about one week sooner than the hip-and-core arm.",
    "Eight weeks of foot and ankle strengthening eased walking pain by 1.1 points in knee OA.",
)


def rows(name):
    return [line.split("\t") for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line]


def of(text, *cited, **more):
    return judged(text, cited, packaged(), **more)


TRUE = [row for row in rows("freetext_true.tsv") if not row[1].startswith(REFUSED)]
BROKEN = [row for row in rows("freetext_broken.tsv") if row[2] not in MISSED]


@pytest.mark.parametrize(("cited", "text"), TRUE)
def test_a_true_rewording_is_supported(cited, text):
    judgement = of(text, *cited.split())
    assert judgement.outcome is Outcome.SUPPORTED, judgement.faults


@pytest.mark.parametrize(("cited", "kind", "text"), BROKEN)
def test_a_sentence_broken_in_one_way_is_not_supported_and_the_reason_reads_plainly(cited, kind, text):
    judgement = of(text, *cited.split())
    assert judgement.outcome is not Outcome.SUPPORTED, kind
    assert all(is_plain(f"{fault.why}: {text}") for fault in judgement.faults)


def test_the_tables_are_as_long_as_they_were_written():
    assert len(TRUE) + len(REFUSED) == 125
    assert len(BROKEN) + len(MISSED) == 177


EXPECTED = [
    ("number", Rule.NUMBERS, "Across 28 trials, exercise after knee replacement improved function at 3 to 4 months.", "artz-2015:1"),
    ("unit", Rule.UNITS, "In hamstring grafts a start at week 4 went with 1.2 cm more mean laxity.", "heijne-2007:1"),
    ("denial lost", Rule.NEGATION, "Barker used calf raises or donkey raises with this client.", "barker-calf-rehab:38"),
    ("denial added", Rule.NEGATION, "Weak quadriceps did not predict new patellofemoral pain in recruits.", "neal-2019:1"),
    ("direction", Rule.DIRECTION, "In youth footballers injury prevention programmes raised the likelihood of injury.", "castillo-2025:1"),
    ("sides", Rule.COMPARISON, "Knee strengthening alone cut pain more than hip plus knee strengthening.", "nascimento-2018:1"),
    ("population", Rule.POPULATION, "Eight weeks of hip strengthening improves pain in patients with patellofemoral pain.", "khayambashi-2012:1"),
    ("cause", Rule.STRENGTH, "In naval cadets weak quadriceps cause patellofemoral pain.", "boling-2009:1"),
    ("study", Rule.STUDY, "Research shows that training in isolation only reinforces bad patterns.", "bento-kinetic-chain:6c"),
    ("term", Rule.TERMS, "In women acupuncture improved pain and health status.", "khayambashi-2012:1"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "rule", "text", "cited"), EXPECTED)
def test_what_is_wrong_is_named_by_its_rule(what, rule, text, cited):
    assert rule in {f.rule for f in of(text, cited).faults}, what


def test_a_sentence_that_cites_nothing_known_is_not_enough():
    assert of("Pain fell.").outcome is Outcome.NOT_ENOUGH
    assert of("Pain fell.", "nobody:1").outcome is Outcome.NOT_ENOUGH


def test_each_sentence_of_a_claim_is_checked():
    good = "In novice runners, supervised hip-and-core work before runs lowered lower-limb injuries."
    assert of(good, "leppanen-2024:1").outcome is Outcome.SUPPORTED
    joined = of(f"{good} Swimming lowered them too.", "leppanen-2024:1")
    assert joined.outcome is not Outcome.SUPPORTED
    assert "Swimming".lower() in " ".join(f.why for f in joined.faults)


def test_the_words_and_numbers_of_the_case_need_no_passage():
    text = "With 11 heel rises against 26, training gastrocnemius fits: it attaches to the femur."
    cited = "barker-calf-rehab:17"
    assert of(text, cited).outcome is not Outcome.SUPPORTED
    typed = "SLHR 11 R v 26 L heel rises, training the gastrocnemius fits?"
    assert of(text, cited, case_words=typed).outcome is Outcome.SUPPORTED


SILENT = [
    ("Barker does not discuss osteoarthritis; nearest is that gastrocnemius attaches to the femur.", "barker-calf-rehab:17", True),
    ("Bento does not mention injections. Nearest: the foot controls the lower leg.", "bento-kinetic-chain:14b", True),
    ("Bento does not discuss surgery; nearest is that the foot controls the lower leg.", "bento-kinetic-chain:14b", False),
    ("Barker does not discuss osteoarthritis; nearest is that soleus attaches to the femur.", "barker-calf-rehab:17", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited", "is_true"), SILENT)
def test_that_a_school_is_silent_on_something_is_looked_up_in_all_its_passages(text, cited, is_true):
    assert (of(text, cited).outcome is Outcome.SUPPORTED) == is_true


# --- a language-inference model, where one is configured


class Fixed:
    """A model that always says the same, and counts how often it is asked."""

    def __init__(self, entailment):
        self.entailment, self.asked = entailment, 0

    def infer(self, premise, claim):
        assert premise
        assert claim
        self.asked += 1
        return self.entailment


UNKNOWN_TERM = ("In women acupuncture improved pain and health status.", "khayambashi-2012:1")
WRONG_NUMBER = ("In 29 women, eight weeks of hip strengthening improved pain.", "khayambashi-2012:1")
FINE = ("In 28 women, eight weeks of hip strengthening improved pain.", "khayambashi-2012:1")


def test_a_model_may_carry_a_sentence_of_which_only_the_terms_are_undecided():
    assert of(*UNKNOWN_TERM, inference=Fixed(Entailment.ENTAILED)).outcome is Outcome.SUPPORTED
    assert of(*UNKNOWN_TERM, inference=Fixed(Entailment.NEUTRAL)).outcome is Outcome.NOT_ENOUGH


def test_a_model_never_overrules_a_number_and_is_not_even_asked():
    model = Fixed(Entailment.ENTAILED)
    assert of(*WRONG_NUMBER, inference=model).outcome is Outcome.CONTRADICTED
    assert model.asked == 0


def test_a_model_may_speak_against_any_sentence():
    against = of(*FINE, inference=Fixed(Entailment.CONTRADICTED))
    assert of(*FINE).outcome is Outcome.SUPPORTED
    assert against.outcome is Outcome.CONTRADICTED
    assert "speaking against this" in against.faults[-1].why


# --- what cites nothing


def test_words_that_neither_the_case_nor_the_names_of_facts_hold_are_named():
    assert unsaid("Swimming heals cartilage.", "knee pain in a runner", packaged()) == [
        "swimming",
        "heals",
        "cartilage",
    ]
    assert unsaid("The side and the weeks since surgery are not stated.", "knee pain", packaged()) == []


def test_a_free_sentence_is_judged_in_milliseconds():
    for cited, text in TRUE:
        of(text, *cited.split())
    times = []
    for cited, text in TRUE:
        began = time.perf_counter()
        of(text, *cited.split())
        times.append(time.perf_counter() - began)
    assert median(times) < 0.05  # measured: about 1 ms; the bound is for a busy machine


# --- each passage of the looked-at half, copied, and altered in one place by machine

COPIED = [p for i, p in sorted(packaged().passages.items()) if int(sha256(i.encode()).hexdigest()[0], 16) % 2 == 0]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NOT = re.compile(r" not\b(?! only)")


def test_a_passages_own_text_is_supported_by_it():
    refused = [p.id for p in COPIED if of(p.text, p.id).outcome is not Outcome.SUPPORTED]
    assert refused == []


def test_every_number_altered_in_a_passages_own_text_is_found():
    missed = []
    for passage in COPIED:
        for found in NUMBER.finditer(passage.text):
            whole, _, decimals = found.group().partition(".")
            other = (
                f"{whole}.{(int(decimals) + 1) % 10 ** len(decimals):0{len(decimals)}d}"
                if decimals
                else str(int(whole) + 1)
            )
            text = passage.text[: found.start()] + other + passage.text[found.end() :]
            if of(text, passage.id).outcome is Outcome.SUPPORTED:
                missed.append(text)
    assert missed == []


def test_every_not_left_out_of_a_passages_own_text_is_found():
    missed = [
        passage.text
        for passage in COPIED
        for found in NOT.finditer(passage.text)
        if of(passage.text[: found.start()] + passage.text[found.end() :], passage.id).outcome is Outcome.SUPPORTED
    ]
    assert missed == []
