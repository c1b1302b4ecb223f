"""Identifiers of people are taken out; the names and numbers that a knee question is made of stay."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails.identifiers import is_nhs_number, redact

TODAY = date(2026, 7, 13)
PLACEHOLDERS = {
    "[name]": "name",
    "[link]": "link",
    "[account]": "account",
    "[device]": "device",
    "[car]": "car",
    "[e-mail]": "e-mail",
    "[NHS number]": "NHS number",
    "[record number]": "record number",
    "[phone]": "phone",
    "[address]": "address",
    "[postcode]": "postcode",
    "[date of birth]": "date of birth",
    "[date]": "date",
}

# What was typed, and what is kept of it.
NAMES = {
    "Mr Smith has knee pain": "[name] has knee pain",
    "Mr. J. K. O'Brien 54M": "[name] 54M",
    "Mrs McDonald-Lee's knee": "[name] knee",
    "Mr SMITH, John, TKR 6/52": "[name], TKR 6/52",
    "Mrs Thompson 61F, AKP": "[name] 61F, AKP",
    "Mrs Wells needs a Wells score": "[name] needs a Wells score",
    "Miss Jones Knee pain left": "[name] Knee pain left",
    "Master Tom Gray, 13, Osgood-Schlatter": "[name], 13, Osgood-Schlatter",
    "Dr van der Berg referred": "[name] referred",
    "Prof Łukasz Żak operated": "[name] operated",
    "mrs jones knee pain": "[name] knee pain",
    "seen by dr patel last week": "seen by [name] last week",
    "Mr Barker, 54, knee pain": "[name], 54, knee pain",
    "Ms Anna Bento, calf raises?": "[name], calf raises?",
    "Name: SMITH, John": "Name: [name]",
    "Surname: Baker": "Surname: [name]",
    "Her name is Sarah Baker": "Her name is [name]",
    "name's Ebony, 28F runner": "name's [name], 28F runner",
    "a woman called Baker": "a woman called [name]",
    "My patient Sarah is a runner": "My patient [name] is a runner",
    "pt John Smith 34M": "pt [name] 34M",
    "Pt: Élodie Dupont, 34": "Pt: [name], 34",
    "pt: Sarah, 34F, R AKP 6/12": "pt: [name], 34F, R AKP 6/12",
    "Re: John Smith\nknee pain": "Re: [name]\nknee pain",
    "NOK: Mary Smith": "NOK: [name]",
    "Calf or chain?\nRegards, Sarah": "Calf or chain?\nRegards, [name]",
    "Many thanks,\nTom Smith": "Many thanks,\n[name]",
    "Kind regards\nJane Doe, physio": "Kind regards\n[name], physio",
    "calf or quads? thanks Dave": "calf or quads? thanks [name]",
    "Signed: J Smith": "Signed: [name]",
    "John Smith DOB 12.3.90": "[name] 36-year-old",
    "SMITH, John (dob 3/4/85)": "[name] (41-year-old)",
}
DATES = {
    "DOB 12/03/1990": "36-year-old",
    "D.O.B. 12-03-1990": "36-year-old",
    "dob: 12.3.90, AKP": "36-year-old, AKP",
    "date of birth 12 March 1990": "36-year-old",
    "born on March 12, 1990": "36-year-old",
    "born 12th of March 1990": "36-year-old",
    "dob 12 Mar 90": "36-year-old",
    "DOB: 1990-03-12": "36-year-old",
    "DOB 12031990": "36-year-old",
    "DOB 12 03 1990": "36-year-old",
    "b. 14/07/1990": "35-year-old",
    "dob 3/4/28": "98-year-old",
    "DOB 31/02/1990": "[date of birth]",
    "DOB 01/01/2030": "[date of birth]",
    "ACLR 12/03/2026": "ACLR 17 weeks ago",
    "ACLR on 12.03.26, HS graft": "ACLR 17 weeks ago, HS graft",
    "ACLR 03/28/2026": "ACLR 15 weeks ago",
    "op 2026-03-12": "op 17 weeks ago",
    "surgery 12 Mar 2026": "surgery 17 weeks ago",
    "surgery on 3 March": "surgery 18 weeks ago",
    "surgery 3rd August, NWB": "surgery 49 weeks ago, NWB",
    "TKR 13/07/2020": "TKR 6 years ago",
    "seen 13/07/2026": "seen today",
    "fell 12/07/2026": "fell 1 day ago",
    "fell on 10 July 2026": "fell 3 days ago",
    "TKR booked 20/08/2026": "TKR booked in 5 weeks",
    "review 15/07/2026": "review in 2 days",
    "op 31/02/2024": "op [date]",
}
NUMBERS = {
    "NHS 943 476 5919": "NHS [NHS number]",
    "9434765919, AKP": "[NHS number], AKP",
    "943-476-5919": "[NHS number]",
    "NHS no 943 476 5918": "NHS no [record number]",
    "9434765918": "[record number]",
    "943 476 5918": "[phone]",
    "MRN 1234567": "MRN [record number]",
    "MRN: 12345/6": "MRN: [record number]",
    "MRN1234567": "MRN[record number]",
    "Hospital number: H123456": "Hospital number: [record number]",
    "pt id 88231": "pt id [record number]",
    "CHI 0101701234": "CHI [record number]",
    "NI QQ 12 34 56 C": "NI [record number]",
    "SSN 123-45-6789": "SSN [record number]",
    "implant no. AB123456": "implant no. [record number]",
    "serial no 4471-22": "serial no [record number]",
    "tall, 00412345, calf": "tall, [record number], calf",
    "call 07700 900123.": "call [phone].",
    "07700900123": "[phone]",
    "020 7946 0958": "[phone]",
    "(0161) 496 0000": "[phone]",
    "+44 (0)7700 900123": "[phone]",
    "+44 7700 900123": "[phone]",
    "0044 7700 900123": "[phone]",
    "(555) 123-4567": "[phone]",
    "call 555-123-4567.": "call [phone].",
    "+1 555 123 4567": "[phone]",
    "+33 6 12 34 56 78": "[phone]",
    "tel 5551234567": "tel [phone]",
    "jane.o'brien@nhs.net": "[e-mail]",
    "mail j_d+knee@clinic.co.uk now": "mail [e-mail] now",
    "Lives at 221b Baker Street, NW1 6XE": "Lives at [address], [postcode]",
    "12 St John's Road, M1 1AE": "[address], [postcode]",
    "Flat 2, 14 Park Lane": "[address]",
    "SW1A1AA": "[postcode]",
    "lives in sw1a 1aa": "lives in [postcode]",
    "Beverly Hills, CA 90210": "[address], [postcode]",
}
WHOLE = {
    "Mrs Jones, DOB 12/03/1990, ACLR on 1 June 2026, NHS 943 476 5919, tel 07700 900123": (
        "[name], 36-year-old, ACLR 6 weeks ago, NHS [NHS number], tel [phone]"
    ),
    "pt John Smith 34M R AKP 6/12, SLHR 11 R v 26 L, MRN 00412345": (
        "pt [name] 34M R AKP 6/12, SLHR 11 R v 26 L, MRN [record number]"
    ),
}
TAKEN_OUT = NAMES | DATES | NUMBERS | WHOLE

UNTOUCHED = [
    "",
    "Osgood-Schlatter",
    "13M Osgood Schlatter, both knees",
    "Baker's cyst behind the knee",
    "Bakers cyst, calf swollen",
    "Thompson test negative",
    "Thessaly positive, McMurray negative, Lachman 2+",
    "Sinding-Larsen-Johansson in a 12-year-old",
    "Ober's test, Noble compression, Thomas test",
    "Pellegrini-Stieda, Gerdy's tubercle, Hoffa's fat pad",
    "Barker",
    "Bento",
    "Does Barker answer Bento?",
    "What does Ms Bento say about isolation?",
    "Would Mr Barker test the calf?",
    "Mr Andy Barker's article",
    "Dr Rathleff's trial in adolescents",
    "Andy Barker and Jessica Bento",
    "R 26",
    "SLHR 11 R v 26 L",
    "R AKP 6/12, 28F runner",
    "6/12",
    "10/52",
    "14/27",
    "0-90",
    "ROM 0-5-140",
    "ROM 10-5-90",
    "5 x 10",
    "3x15 at 70% 1RM",
    "sets of 15-12-10",
    "15-12-10 reps, pyramid",
    "12/10/15 reps",
    "VAS 3/10",
    "KOOS 72",
    "KOOS 70/65/80",
    "HR 0.66 (0.45 to 0.97)",
    "OR 1.42 (95% CI 1.05 to 1.92), p=0.003",
    "T 38.4",
    "Temp 38.4, CRP 112, BP 120/80, HR 64",
    "KTW L 6 R 11",
    "quads LSI 70%, hop 85%",
    "L5 S1 dermatome, reflexes 2+",
    "L4 5RM leg press, 5RM 120 kg",
    "Wells 2, Ottawa negative",
    "PMID 31182429",
    "doi 10.1136/bjsports-2018-099000",
    "NCT01234567",
    "4249 adults, 98.5% of fractures",
    "10 km in 48:30, 5K, 10K and 42.2 km",
    "Pt: 34-year-old runner",
    "pt: 28F AKP 6/12",
    "Patient: 45y/o, TKR 10/52",
    "Re: Knee pain",
    "re: Thessaly",
    "Patient Has Anterior Knee Pain",
    "Patient Reports Pain on stairs",
    "Pt Post ACL",
    "Patient Female, 34",
    "Pt: Runner, 34",
    "Patient: Osgood-Schlatter",
    "pt: Baker Cyst",
    "also known as Runner's knee",
    "a test called Thessaly",
    "test name: Thompson",
    "Thanks, What do you think?",
    "Thanks, Barker.",
    "Cheers, is this ok?",
    "seen: Monday",
    "since 2019, 2024 guideline",
    "NHS 2024/25 guidance",
    "NHS patient, private MRI next week",
    "unit 3 of 4, case no 3",
    "3 sets of 12, 10, 8, tempo 3-0-3-0",
    "tempo 3-1-30",
    "2/52 rest then 6/52 load",
    "may 10 reps be enough, 3 may be too many",
    "10 min on the road, Road running",
    "mr scan clear, mr arthrogram booked",
    "dr said rest, dr told him to stop",
    "did I miss something",
    "8000 steps a day, 1000 2000 3000",
    "Kellgren-Lawrence 3, Salter-Harris II",
    "Copenhagen adductor, Nordic hamstring, Spanish squat",
    "Oxford 4/5, MRC 4+, Beighton 7/9, BMI 31",
    "Right Knee Pain Six Months, DOB unknown",
    "ICD M22.2, S83.5",
    "born with a bipartite patella",
    "13/25/26 on the three tests",
]


AUTHORS = {"Barker": "Andy", "Bento": "Jessica"}


def text_of(typed: str) -> str:
    return redact(typed, today=TODAY, authors=AUTHORS).text


@pytest.mark.parametrize("typed", TAKEN_OUT)
def test_an_identifier_is_replaced_by_what_a_case_may_keep_of_it(typed):
    assert text_of(typed) == TAKEN_OUT[typed]


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_clinical_words_and_numbers_stay(typed):
    found = redact(typed, today=TODAY, authors=AUTHORS)
    assert found.text == typed
    assert found.kinds == ()


def test_only_the_authors_that_are_given_are_spared():
    assert redact("Mr Barker, knee pain", today=TODAY).text == "[name], knee pain"
    assert (
        redact("Would Dr Ada North agree?", today=TODAY, authors={"North": "Ada"}).text == "Would Dr Ada North agree?"
    )


def test_the_tables_are_as_long_as_they_claim():
    assert len(TAKEN_OUT) >= 80
    assert len(UNTOUCHED) >= 80


@pytest.mark.parametrize("typed", TAKEN_OUT)
def test_every_placeholder_says_its_kind_and_every_kind_is_told(typed):
    found = redact(typed, today=TODAY, authors=AUTHORS)
    shown = re.findall(r"\[[^\]]*\]", found.text)
    assert set(shown) <= PLACEHOLDERS.keys()
    assert {PLACEHOLDERS[s] for s in shown} <= set(found.kinds)
    assert found.kinds
    assert set(found.kinds) <= set(PLACEHOLDERS.values())


def test_each_kind_is_told_once():
    found = redact("Mr Smith and Mrs Jones, 07700 900123, 020 7946 0958", today=TODAY)
    assert found.text == "[name] and [name], [phone], [phone]"
    assert found.kinds == ("phone", "name")


@pytest.mark.parametrize("typed", [*TAKEN_OUT, *UNTOUCHED])
def test_taking_out_twice_is_taking_out_once(typed):
    once = text_of(typed)
    assert text_of(once) == once


@pytest.mark.parametrize("typed", TAKEN_OUT)
def test_what_stands_around_an_identifier_does_not_hide_it(typed):
    around = f"R AKP 6/12; {typed}\nSLHR 11 R v 26 L"
    assert text_of(around) == f"R AKP 6/12; {TAKEN_OUT[typed]}\nSLHR 11 R v 26 L"


# --- the NHS number's check digit

VALID = ["943 476 5919", "9434765919", "943-476-5919", "401 023 2137", "999 000 0018"]
INVALID = ["943 476 5918", "401 023 2136", "943 476 591", "943 476 59190", "", "abc", "000 000 0001"]


@pytest.mark.parametrize("number", VALID)
def test_a_number_with_the_right_check_digit_is_an_nhs_number(number):
    assert is_nhs_number(number)


@pytest.mark.parametrize("number", INVALID)
def test_a_number_with_a_wrong_check_digit_or_length_is_none(number):
    assert not is_nhs_number(number)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_at_most_one_check_digit_fits_and_none_where_the_remainder_is_ten(nine):
    fitting = [d for d in range(10) if is_nhs_number(f"{nine}{d}")]
    remainder = sum(int(c) * w for c, w in zip(nine, range(10, 1, -1), strict=True)) % 11
    assert len(fitting) == (0 if remainder == 1 else 1)


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_ten_digits_never_stay_whatever_their_check_digit(digits):
    assert digits not in text_of(f"the number is {digits}, knee pain")


# --- dates and ages


@given(st.dates(min_value=date(1930, 1, 1), max_value=TODAY))
def test_a_date_of_birth_becomes_the_age_in_any_common_form(born):
    age = TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d%m%Y"):
        assert text_of(f"DOB {born.strftime(form)}, AKP") == f"{age}-year-old, AKP", form


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 31)))
def test_no_full_date_stays(day):
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
        written = day.strftime(form)
        kept = text_of(f"ACLR {written}, HS graft")
        assert written not in kept
        assert kept.endswith((" ago, HS graft", "today, HS graft")) or kept.startswith("ACLR in ")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "1 day ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (42, "6 weeks ago"),
        (729, "104 weeks ago"),
        (730, "2 years ago"),
        (1100, "3 years ago"),
        (-1, "in 1 day"),
        (-7, "in 7 days"),
        (-14, "in 2 weeks"),
    ],
)
def test_an_interval_is_told_in_days_then_weeks_then_years(days, said):
    day = date.fromordinal(TODAY.toordinal() - days)
    assert text_of(f"op {day.isoformat()}") == f"op {said}"


# --- any text at all

FRAGMENTS = st.sampled_from(
    [
        *TAKEN_OUT,
        *UNTOUCHED,
        *PLACEHOLDERS,
        "Mr",
        "Dr ",
        "pt ",
        "Name: ",
        "DOB",
        "thanks ",
        "re:",
        "on ",
        "+44",
        "0",
        "(",
        "@",
        "/",
        "-",
        ".",
        ",",
        "\n",
        " ",
        "Smith",
        "SMITH",
        "O'",
        "12",
        "1990",
        "March",
        "NHS",
        "MRN",
        "no",
        "Road",
        "é",
        "\u202e",
        "🦵",
        "\x00",
    ]
)


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        ("name: d. petrov / age 39 / VISA 58", "petrov"),
        ("mr v. balasubramanian 58 oa", "balasubramanian"),
        ("patient: o. brien-walsh; 27; shin pain", "brien-walsh"),
        ("entered by L.Nakamura 14:20 PFP", "Nakamura"),
        ("Initials J.R.W. 44, room 3. Name Wetherby", "Wetherby"),
        ("Pat.: Schröder, Klaus, geb. 12.05.1958", "Schröder"),
        ("Mit freundlichen Grüßen\nJ. Hohenstein", "Hohenstein"),
        ("The plan with Zuleika was soleus 4x10 seated", "Zuleika"),
        ("Barnaby Nettlefold tore his ACL in August", "Nettlefold"),
        ("72M knee OA eh146pj, bus to clinic", "eh146pj"),
        ("lives sw1a 2aa, 34F runner", "sw1a 2aa"),
        ("referral for t12kp68, farmer", "t12kp68"),
        ("addr 14b harcourt tce, 51M", "harcourt"),
        ("Wohnt Hauptstraße 12, 80331 München. PFP", "Hauptstraße 12"),
        ("10115 Berlin, Invalidenstr. 44, 58F knee OA", "Invalidenstr"),
        ("Aetna PPO W2245 88910, PT eval", "88910"),
        ("k dot oduya at gmail dot com asked", "oduya"),
    ],
)
def test_forms_of_clinics_in_several_countries_are_taken_out(typed, secret):
    assert secret not in text_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Hoka Clifton or Brooks Ghost for heel raises?",
        "l4 5 s1, t12 and d10 3wk: 4x12 e3 1rm w12 3x10",
        "went at 5 dot com pace, wk4 5reps s12",
        "with Alfredson was the load higher?",
    ],
)
def test_a_model_of_shoe_and_shorthand_stay(typed):
    assert text_of(typed) == typed


@settings(deadline=None, max_examples=300)
@given(st.lists(FRAGMENTS, max_size=8).map("".join) | st.lists(FRAGMENTS, max_size=8).map(" ".join))
def test_pieces_in_any_order_are_settled_after_one_pass(typed):
    once = text_of(typed)
    assert text_of(once) == once


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_is_taken_without_a_crash(typed):
    found = redact(typed, today=TODAY, authors=AUTHORS)
    assert bool(found.kinds) is (found.text != typed)


@settings(deadline=None, max_examples=100)
@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2100, 1, 1)))
def test_any_day_may_be_today(today):
    assert "1990" not in redact("DOB 12/03/1990, op 12.3.26, seen 29/02/2024, on 29 Feb", today=today).text


@pytest.mark.parametrize(
    "piece",
    ["a", "A", "A-", "a.", "Aa ", "1 ", "12/", "12-", "Aa-", "pt Aa Aa ", "0", "+1 ", "a@", "12 Aa ", "Mr ", "'"],
)
def test_the_longest_question_takes_no_noticeable_time(piece):
    typed = (piece * 8_000)[:8_000]
    began = time.perf_counter()
    redact(typed, today=TODAY, authors=AUTHORS)
    assert time.perf_counter() - began < 1.0
