"""What was found in one arm or group of a study is not said of the other, with or without "than"."""

from __future__ import annotations

import pytest

from guardrails.freetext.arms import crossed
from guardrails.freetext.moments import counted_otherwise
from guardrails.freetext.types import Outcome, Rule
from guardrails.freetext.verdict import ground, judged, spelt
from tests.test_guardrails_policy import is_plain, packaged

SWAPPED = [
    ("kongsgaard-2009:1", "Men given a steroid injection held their gains at half a year, whereas the early benefit of heavy slow resistance faded.", Rule.COMPARISON),
    ("ferber-2015:1", "Relief came about a week sooner in the knee-strengthening arm, whereas the hip-and-core arm had to wait.", Rule.COMPARISON),
    ("leppanen-2024:1", "An ankle-and-foot programme reduced injuries in novice runners, while hip-and-core work did not.", Rule.COMPARISON),
    ("dolak-2011:1", "Pain after 4 weeks was 4.1 in women who began with hip strengthening.", Rule.NUMBERS),
    ("beyer-2015:1", "Session compliance was 92% with eccentric training.", Rule.NUMBERS),
    ("beyer-2015:1", "Compliance was 78% with heavy slow resistance in Achilles tendinopathy.", Rule.NUMBERS),
    ("honkonen-2022:1", "The plain sleeve left 34.4% redislocated at 3 years.", Rule.NUMBERS),
    ("honkonen-2022:1", "In the restricted group the bend was 115 degrees at 4 weeks.", Rule.NUMBERS),
    ("rantasalo-mua:1", "Of those who came to manipulation 12% went to the emergency department with pain.", Rule.NUMBERS),
    ("lee-2019-meniscus-sport:1", "Athletes were back at their earlier level 7 to 9 weeks after isolated meniscal repair.", Rule.NUMBERS),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text", "rule"), SWAPPED)
def test_what_is_said_of_the_other_group_is_found(passage, text, rule):
    faults = list(crossed(spelt(packaged(), text), [ground(packaged(), passage)]))
    assert [f.rule for f in faults] == [rule]
    assert all(is_plain(f.why) for f in faults)
    assert judged(text, (passage,), packaged()).outcome is Outcome.CONTRADICTED


STRAIGHT = [
    ("kongsgaard-2009:1", "Heavy slow resistance held its gains at half a year, whereas the early benefit of a steroid injection faded."),
    ("ferber-2015:1", "Relief came about a week sooner in the hip-and-core arm, whereas the knee-strengthening arm had to wait."),
    ("leppanen-2024:1", "Hip-and-core work reduced injuries in novice runners, while an ankle-and-foot programme did not."),
    ("barton-2014:1", "Tailored tape relieves pain at once with a large effect, while generic tape has only a small effect."),
    ("dolak-2011:1", "Pain after 4 weeks was 2.4 in women who began with hip strengthening."),
    ("dolak-2011:1", "Pain after 4 weeks was 2.4 in women who began with hip strengthening and 4.1 in the others."),
    ("dolak-2011:1", "After 4 weeks pain was lower with hip than with quadriceps strengthening, at 2.4."),
    ("beyer-2015:1", "Session compliance was 92% with heavy slow resistance."),
    ("beyer-2015:1", "Session compliance was 78% with eccentric training."),
    ("honkonen-2022:1", "In a brace 34.4% redislocated at 3 years."),
    ("rantasalo-mua:1", "Of the others 12% went to the emergency department with pain."),
    ("lee-2019-meniscus-sport:1", "Athletes were back at their earlier level 7 to 9 weeks after partial meniscectomy."),
    ("lee-2019-meniscus-sport:1", "Athletes were back at their earlier level 5.6 months after isolated meniscal repair."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text"), STRAIGHT)
def test_what_is_said_of_its_own_group_is_left_alone(passage, text):
    assert not list(crossed(spelt(packaged(), text), [ground(packaged(), passage)]))


def test_no_passages_own_text_is_taken_to_speak_of_the_other_group():
    library = packaged()
    wrong = [
        p
        for p, passage in library.passages.items()
        if list(crossed(spelt(library, passage.text), [ground(library, p)]))
    ]
    assert wrong == []


MOMENTS = [
    (
        "rathleff-2019:1",
        "In 10 to 14 year olds load reduction was followed by success in 86% at 12 months.",
        Rule.NUMBERS,
    ),
    ("rathleff-2019:1", "In 10 to 14 year olds load reduction was followed by success in 86% at 12 weeks.", None),
    ("rathleff-2019:1", "In 10 to 14 year olds load reduction was followed by success in 86% at 3 months.", None),
    ("hebert-losier-2017:1", "Count heel rises on a ten-degree incline at 60 rises a minute.", Rule.UNITS),
    ("hebert-losier-2017:1", "Count heel rises on a ten-degree incline at 60 beats a minute.", None),
]


@pytest.mark.parametrize(("passage", "text", "rule"), MOMENTS)
def test_a_number_keeps_its_time_and_what_it_counts(passage, text, rule):
    faults = list(counted_otherwise(spelt(packaged(), text), [ground(packaged(), passage)]))
    assert [f.rule for f in faults] == ([rule] if rule else [])
    assert all(is_plain(f.why) for f in faults)


STATISTICS = [
    ("Sixteen weeks was the median start for running across 201 studies.", True),
    ("Across 201 studies the median was 16 weeks.", True),
    ("At 4 months he is past the median of 12 weeks at which running was allowed.", False),
    ("At 16 weeks the time at which running was allowed is past.", False),
]


@pytest.mark.parametrize(("text", "is_found"), STATISTICS)
def test_a_number_of_the_case_is_no_studys_median(text, is_found):
    typed = "19M footballer 4 months after ACL reconstruction. When can he run?"
    found = judged(text, ("rambaud-2018:1",), packaged(), case_words=typed).faults
    assert any(f.rule is Rule.NUMBERS for f in found) is is_found, found
