"""What a question lays to a school that the school does not say is put right before anything else."""

from __future__ import annotations

import pytest

from assistant.crediting import miscredited
from assistant.framing import frame
from corpus.library import read_library
from corpus.sentences import render

LIBRARY = read_library()


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("Barker says skip the quads, right?", "calf-focused/misread/drops-quads"),
        ("Does Barker say to drop quadriceps work?", "calf-focused/misread/drops-quads"),
        (
            "Barker lets you do weight bearing raises from day 1 after root repair. Go?",
            "calf-focused/misread/leave-after-surgery",
        ),
        ("So Barker wants the glutes first in PFP?", "calf-focused/misread/hip-first"),
        ("Barker prescribes 3x15 calf raises, yes?", "calf-focused/misread/sets-of-raises"),
        ("Bento says weak calves cause knee pain, correct?", "whole-chain/misread/calf-causes"),
        ("Bento says never isolate anything after surgery. True?", "whole-chain/misread/no-isolation-ever"),
        ("According to Bento it is chain for everybody. ok?", "whole-chain/misread/chain-for-all"),
        ("Barker = whole chain, Bento = calf. Which first?", "calf-focused/misread/swapped"),
        ("Bento's calf rehab or Barker's kinetic chain?", "calf-focused/misread/swapped"),
    ],
)
def test_a_claim_that_a_school_does_not_make_is_recognised(question, address):
    assert miscredited(frame((question,), LIBRARY), LIBRARY) == f"viewpoint/{address}"


@pytest.mark.parametrize(
    "question",
    ["What does Barker say about the quads?", "Would Barker start with the calf?", "How would Bento treat calves that cause pain?",
     "Barker's wall drill or Bento's chain work?", "Barker talks of the calf, Bento of the chain. Who is right?", "Does a weak calf cause knee pain?",
     "Skip the quads?", "Barker says the calf works with the hamstrings. Any data?"],
)  # fmt: skip
def test_who_asks_what_a_school_says_or_says_it_right_is_not_put_right(question):
    assert miscredited(frame((question,), LIBRARY), LIBRARY) is None


@pytest.mark.parametrize("viewpoint", [v.id for v in LIBRARY.viewpoints if v.misread])
def test_what_puts_it_right_names_the_author_and_cites_the_article(viewpoint):
    school = LIBRARY.viewpoint_by_id[viewpoint]
    for misread in school.misread:
        sentence = render(LIBRARY, f"viewpoint/{viewpoint}/misread/{misread.id}", {})
        assert school.surname in sentence.text
        assert school.source in {LIBRARY.source_of(c).id for c in sentence.cites}


def test_it_opens_the_answer(assistant):
    answer = assistant.ask("Bento says weak calves cause knee pain so I should do calf raises, correct?")
    short = next(s for s in answer.draft.sections if s.kind.value == "short_answer")
    assert short.claims[0].text.startswith("Bento says the reverse")
    assert answer.verdict.passed
