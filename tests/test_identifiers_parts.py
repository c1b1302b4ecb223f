"""Each sort of identifier by itself, whole conversations, and what the asker is told of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.door import Assistant
from assistant.presenting import removal, to_markdown
from guardrails.identifiers import redact, redact_all
from guardrails.identifiers.checksums import is_bank_account
from guardrails.identifiers.words import folded, words_of

TODAY = date(2026, 7, 13)
AUTHORS = {"Barker": "Andy", "Bento": "Jessica"}


@pytest.fixture(scope="module")
def still(assistant):
    """An assistant whose clock stands still, over the index already built."""
    return Assistant(assistant.settings, clock=lambda: 0.0)


def text_of(typed: str) -> str:
    return redact(typed, today=TODAY, authors=AUTHORS).text


EXACT = {
    # records, by the cue before, the cue behind, the shape
    "Auth code AX7742910, six visits": "Auth code [record number], six visits",
    "badge number 4471, kneeling": "badge number [record number], kneeling",
    "485-397-6264 (NHS)": "[NHS number] (NHS)",
    "20-44817 is her MRN": "[record number] is her MRN",
    "seen at 9, APT-77120-K": "seen at 9, [record number]",
    "IBAN GB82 WEST 1234 5698 7654 32": "IBAN [record number]",
    "sort code 20-45-45": "sort code [record number]",
    "UDI (01)07615774681381(17)290430(10)B2291": "UDI [record number]",
    "MRN 0098231 34M": "MRN [record number] 34M",
    "policy 2291, 6 sets": "policy [record number], 6 sets",
    # contact
    "from 192.0.2.15": "from [device]",
    "versions 999.1.1.1 and 1:2:3:4:5:6:7:8:9": "versions 999.1.1.1 and 1:2:3:4:5:6:7:8:9",
    "see https://clinic.example/p/4471.": "see [link].",
    "https://doi.org/10.1136/bjsports-2018-099000": "https://doi.org/10.1136/bjsports-2018-099000",
    "insta: knee_nerd99": "insta: [account]",
    "rings 111 1111 1111": "rings 111 1111 1111",
    "at 1234 56789012345678": "at 1234 [record number]",
    "call 2070 318 3838": "call [phone]",
    "at 1300 975 707": "at [phone]",
    "at 100 120 140 kg": "at 100 120 140 kg",
    "she has 7400 123456 on it": "she has [phone] on it",
    "pager 4471": "pager [phone]",
    "drives LK19 XVB": "drives [car]",
    # addresses
    "lives in Leeds with stairs": "lives in [address] with stairs",
    "lives in pain": "lives in pain",
    "lives in Pain": "lives in Pain",
    "lives at 4, Elm Walk, Bath": "lives at [address]",
    "Address: The Old Bakery, Mill Lane, Ludlow. 71M": "Address: [address]. 71M",
    "lives at Ivy Bank, Knee pain": "lives at [address], Knee pain",
    "from Ballinderry, Kilcormac, Co Offaly": "from [address]",
    "Knee Pain, Co Offaly": "Knee Pain, [address]",
    "5 Wall Squat Way": "5 Wall Squat Way",
    "14 Larch Road, Knee pain": "[address], Knee pain",
    "at Rose Cottage, 2 Church Walk": "at [address]",
    "at Knee Clinic, 2 Church Walk": "at Knee Clinic, [address]",
    "Knee pain SW1A 1AA": "Knee pain [postcode]",
    "Hove BN3 1AL": "[address], [postcode]",
    "77 W Elm Ave, Quincy, MA 02170-1123": "[address], [postcode]",
    # dates
    "2 Feb '66 is her dob": "60-year-old",
    "My lady (9 Aug 1952) kneels": "My lady (73-year-old) kneels",
    "the patient (9 Aug 2025) is": "the patient (48 weeks ago) is",
    "dob 160883": "42-year-old",
    "fixed 30/6": "fixed 13 days ago",
    "op 30/2": "op 30/2",
    "op on 14/7, TKR 2/3 bent, jab 4/52 ago": "op 52 weeks ago, TKR 2/3 bent, jab 4/52 ago",
    "op 31/12 ago": "op 31/12 ago",
    "12-10-10 on the leg press": "12-10-10 on the leg press",
    "op 12-10-10": "op 15 years ago",
    "Arthroscopy Thursday 5 Mar": "Arthroscopy 18 weeks ago",
    # names with a cue
    "pt mark seward limps": "pt [name] limps",
    "pt will need a scan": "pt will need a scan",
    "patient: dave, 50": "patient: [name], 50",
    "SURNAME: okeke": "SURNAME: [name]",
    "Mrs Long, short steps": "[name], short steps",
    "Mr D, 61": "[name], 61",
    "Dr. St. John Fancourt": "[name]",
    "Mr van 't Hoff": "[name]",
    "Seen by Drs Whitcombe and Achebe": "Seen by [name] and [name]",
    'Ebenezer ("Eb") is 77': '[name] ("[name]") is 77',
    "aka Big Xanthoula": "aka Big [name]",
    "Patient Will Need Surgery": "Patient Will Need Surgery",
    "known to all as Runner": "known to all as Runner",
    "What would Andy do, and Jessica?": "What would Andy do, and Jessica?",
    "pt Andy, 54M": "pt [name], 54M",
    "Hi Andy Barker": "Hi Andy Barker",
    "thanks Thomas Hill": "thanks [name]",
    # names without one
    "Eilidh is 34": "[name] is 34",
    "saw Temperance today": "saw [name] today",
    "saw Rheumatology today": "saw Rheumatology today",
    "Hope is 34": "[name] is 34",
    "Hope is high": "Hope is high",
    "could Grace run": "could [name] run",
    "told Grace to stop": "told [name] to stop",
    "then Grace had pain": "then [name] had pain",
    "Grace Okafor limps": "[name] limps",
    "Grace, 34, runs": "[name], 34, runs",
    "knee locked on Xanthoula yesterday": "knee locked on [name] yesterday",
    "could Xanthoula run": "could [name] run",
    "Pateint wants a scan": "Pateint wants a scan",
    "Xanthoulist wants a scan": "Xanthoulist wants a scan",
    "SARAH has pain, OLGA too, OLGA 54F": "[name] has pain, [name] too, [name] 54F",
    "seen gareth, jean and ola": "seen [name], jean and ola",
    "jean wont kneel": "[name] wont kneel",
    "plan for abdul": "plan for [name]",
    "as read second-hand (Kim 2015) and Medina (2014)": "as read second-hand (Kim 2015) and Medina (2014)",
    "Xanthoula: calf, then Xanthoula ran": "[name]: calf, then [name] ran",
    "Callum's hop, then callum again": "[name] hop, then [name] again",
    "Lelli test and Sarah squats": "Lelli test and [name] squats",
}


@pytest.mark.parametrize("typed", EXACT)
def test_a_text_is_left_as_the_table_says(typed):
    assert text_of(typed) == EXACT[typed]


def test_a_name_told_in_one_turn_is_gone_from_the_others():
    turns = ("Could Okparaebo run?", "Mrs Okparaebo has knee pain", "and after that?")
    bare = redact_all(turns, today=TODAY, authors=AUTHORS)
    assert [r.text for r in bare] == ["Could [name] run?", "[name] has knee pain", "and after that?"]
    assert [r.kinds for r in bare] == [("name",), ("name",), ()]


def test_a_test_named_as_the_patient_is_stays():
    assert text_of("Mr Thompson tore his Achilles, Thompson test +ve") == "[name] tore his Achilles, Thompson test +ve"


@pytest.mark.parametrize(
    ("number", "is_one"), [("GB82 WEST 1234 5698 7654 32", True), ("GB82 WEST 1234 5698 7654 33", False)]
)
def test_a_bank_account_proves_itself(number, is_one):
    assert is_bank_account(number) is is_one


def test_words_are_read_with_accents_that_are_typed_apart():
    (word,) = words_of("Cia\u0301ran's")
    assert (word.text, word.key, word.is_plain) == ("Cia\u0301ran", "ciaran", False)
    assert folded("ŁÓDŹ") == "lodz"


def test_the_answer_says_which_kinds_were_removed(still):
    asked = "Mrs Holloway, DOB 12/03/1990: does a weak calf cause knee pain?"
    found = still.ask(asked, asked_at=datetime(2026, 7, 13, 9, tzinfo=UTC))
    document = still.ask_json(asked, asked_at=datetime(2026, 7, 13, 9, tzinfo=UTC))
    assert found.removed == ("date of birth", "name")
    assert document["removed"] == ["date of birth", "name"]
    assert removal(found.removed) in to_markdown(found, still.snapshot.library)
    assert "Holloway" not in str(document)


def test_nothing_is_said_where_nothing_was_removed(still):
    document = still.ask_json("Does a weak calf cause knee pain?")
    assert document["removed"] == []
    assert "Identifiers were removed" not in document["markdown"]


def test_a_name_in_an_earlier_question_is_told_too(still):
    document = still.ask_json("And after surgery?", history=("Mrs Holloway has knee pain. Calf or hip?",))
    assert document["removed"] == ["name"]
