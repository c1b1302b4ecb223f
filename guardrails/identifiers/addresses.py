"""Where a person lives: house and street, town, county, postcode."""

from __future__ import annotations

import re
from datetime import date

from guardrails.identifiers.records import placed
from guardrails.identifiers.spared import CLINIC, EPONYMS
from guardrails.identifiers.types import Rule
from guardrails.identifiers.words import folded, is_given, is_ordinary, is_place, word_set, words_of

# --- postcodes
_OUTWARD, _INWARD = r"[A-PR-UWYZ][A-HK-Y]?\d[A-HJKP-Y\d]?", r"\d[ABD-HJLNP-UW-Z]{2}"
_EIRCODE = r"(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?(?=[A-Z]*\d)(?=\d*[A-Z])[0-9AC-FHKNPRTV-Y]{4}"
_AREA = (  # of Britain, as typed small
    r"(?:a[bl]|b[abdhlnrst]?|c[abfhmortvw]|d[adehglnty]|e[chnx]?|f[ky]|g[luy]?|h[adgprsux]|i[gmpv]|je|k[atwy]|"
    r"l[adelnsu]?|m[ekl]?|n[egnprw]?|o[lx]|p[aehlor]|r[ghm]|s[aegklmnoprstwy]?|t[adfnqrsw]|ub|w[acdfnrsv]?|yo|ze)"
)
_US_STATE = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_AU_STATE = r"(?:NSW|VIC|Vic|QLD|Qld|TAS|Tas|ACT|WA|SA|NT)"
_ZIP = r"\d{5}(?:-\d{4})?(?!\d)"
_POST_CUE = (
    r"(?:post ?code|zip(?: ?code)?|eir ?code|lives(?: in| at| near)?|addr(?:ess)?|home|from)\b(?: (?:is|of|area))?:?\s+"
)
_POSTCODES = (
    re.compile(rf"\b{_OUTWARD} ?{_INWARD}\b"),
    re.compile(rf"\b{_EIRCODE}\b"),
    re.compile(rf"\b{_US_STATE}\.?,? {_ZIP}"),
    re.compile(rf"\b{_AU_STATE},? \d{{4}}\b(?!\s?(?:steps|mg|ml|m\b))"),
    re.compile(rf"\b(?:{_AREA}\d[a-z\d]?\d[abd-hjlnp-uw-z]{{2}}|{_EIRCODE.replace(' ?', '').lower()})\b"),  # glued
    re.compile(r"\b[A-CEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z] ?\d[A-CEGHJ-NPR-TV-Z]\d\b"),  # Canada
    re.compile(rf"\b{_POST_CUE}(?P<number>{_OUTWARD} ?{_INWARD}|{_EIRCODE})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:post ?code|zip(?: ?code)?)\b(?: is)?:?\s*(?P<number>\d{{4}}(?!\d)|{_ZIP}|{_OUTWARD})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:post ?code|zip(?: ?code)?|eir ?code)\b(?:['\u2019]?s| is|:)?:?\s+(?P<number>(?=[A-Z]*\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{3,4})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<number>{_OUTWARD} ?{_INWARD}|{_EIRCODE})(?= is (?:the|her|his|their) (?:post|eir) ?code)",
        re.IGNORECASE,
    ),
)

# --- streets
_CAP = r"(?<!\w)(?:St\.|[A-Z\u00c0-\u00de][\w\u00c0-\u024f\u0300-\u036f'\u2019]{0,30}(?:-[\w\u00c0-\u024f'\u2019]{1,30}){0,3}(?![\w-]))"
_TYPE = (
    r"(?:Street|Str?|Road|Rd|Avenue|Ave?|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Way|Crescent|Cres|Terrace|Terr?|Tce|Place|Pl|"
    r"Gardens?|Gdns|Grove|Gr|Square|Sq|Hill|Walk|Row|Mews|Park|Parade|Pde|Quays?|View|Rise|Green|Vale|Mount|Wharf|"
    r"Boulevard|Blvd|Circle|Cir|Trail|Trl|Highway|Hwy|Parkway|Pkwy|Loop|Alley|Heights|Meadows?|Croft|Brae|Wynd|Gate|"
    r"Common|Bank|Fields?|Villas?|Buildings?|House|Cottages?|Lodge|Farm|Estate|Point|Ridge|Crossing|Esplanade|Lawns?|"
    r"Heath|Dale|Strand|Broadway|Yard|Manor|Towers?|Mansions|Wood|Woods|Orchard|Paddock|Hollow|Glen|Glade|Springs?|Run|"
    r"Turnpike|Pike|Causeway|Approach|Embankment|Promenade|Chase|Dene|Fold|Garth|Passage|Path|Plaza|Fairway|Expressway|Track)"
    r"\b\.?"
)
_LOWER_TYPE = (
    r"(?:street|road|rd|avenue|ave|lane|drive|close|crescent|cres|terrace|tce|gardens|gdns|grove|court|place|mews)\b"
)
_NUMBER = r"\b\d{1,5}[a-zA-Z]?(?:[/-]\d{1,4}[a-zA-Z]?)?,?"
_DIRECTION = r"(?:(?:[NSEW]{1,2}|North|South|East|West)\.? )?"
# Words of exercise that a number may stand before and a type behind: "20 Minute Walk", "3 Hill Run".
_NOT_STREET = (
    r"(?!(?:Min|Mins|Minute|Mile|Miles|Km|Metre|Meter|Second|Sec|Leg|Heel|Single|Farmers?|Step|Steps|Day|Week|Month|Hop|"
    r"Nordic|Spanish|Bulgarian|Reps?|Sets?|Double|Easy|Long|Fun|Park Run|Hill (?:Run|Walk|Sprint)|TKR|ACLR?)\b)"
)
_FLAT = r"(?:\b(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite|[Rr]oom|[Bb]lock|[Ff]loor|No\.?|#)[ ]?(?:\d{1,4}[A-Za-z]?|[A-Z]),? )"
_HOUSE = (
    r"(?:(?:The )?(?:"
    + _CAP
    + r" ){1,3}(?:Cottages?|House|Lodge|Farm|Barn|Bakery|Mill|Hall|Rectory|Vicarage|Manor|Croft|"
    r"Villa|Stables|Forge|Chapel|School|Court|Towers?|Grange|Bungalow|Home|View),? )"
)
_TAIL_FLAT = r"(?:,? (?:[Aa]pt|[Ff]lat|[Uu]nit|[Ss]te|[Ss]uite|#)\.? ?\w{1,5})?"
_NAMED_STREET = (
    rf"{_DIRECTION}{_NOT_STREET}(?:(?:{_CAP}|\d{{1,3}}(?:st|nd|rd|th)|of|the|na) ){{1,3}}{_TYPE}(?: [NSEW]{{1,2}}\b)?"
)
_STREETS = (
    re.compile(
        r"(?:\b(?:D-)?\d{5} [A-Z\u00c4-\u00dc][\w-]+,? )?\b[A-Z\u00c4-\u00dc][\w-]{2,30}"
        r"(?:str\.|stra(?:\u00df|ss)e|platz|allee|gasse|weg) ?\d{1,4}[a-z]?\b(?:,? (?:D-)?\d{5} [A-Z\u00c4-\u00dc][\w-]+)?"
    ),  # Germany: the number stands behind the street
    re.compile(rf"{_NUMBER} (?:County |State |US |Old )?(?:Road|Rd|Route|Rte|Highway|Hwy) \d{{1,4}}\b"),
    re.compile(rf"{_FLAT}(?:(?:The )?{_CAP}(?: (?=[A-Z]))?){{1,3}}(?=,)"),
    re.compile(rf"(?:{_FLAT}|{_HOUSE})?{_NUMBER} {_NAMED_STREET}{_TAIL_FLAT}"),
    re.compile(rf"(?:{_FLAT})?\b\d{{1,4}}[a-z]?,? (?:[a-z']{{3,15}} ){{1,2}}{_LOWER_TYPE}"),
    re.compile(
        r"\b(?:(?:Route|Rte|Highway|Hwy|County Road) ?\d{1,4}\b(?![.%])(?:,? (?:RR ?\d{1,3},? )?Box \d{1,6}\b)?|(?:RR|HC) ?\d{1,3},? Box \d{1,6}\b)"
    ),
    re.compile(r"\bP\.? ?O\.? ?[Bb]ox \d{1,7}\b"),
    re.compile(
        rf"\b{_CAP}(?: {_CAP})?, (?:(?:Old|New|Upper|Lower) )?{_CAP} (?:Road|Street|Lane|Avenue|Drive|Terrace|Close)\b"
    ),
    re.compile(
        rf"{_NUMBER} (?:Rue|Via|Calle|Avenida|Avenue|Rua|Plaza|Platz|Sr\u00e1id|Sraid|B\u00f3thar|Bothar|Cnoc|Bosch)(?: (?:de|du|des|del|della|la|las|los|da|dos|na|an|{_CAP})){{1,4}}"
    ),
    re.compile(rf"\b(?:{_HOUSE})(?=\[address\]|{_CAP} {_TYPE})"),
    re.compile(rf"(?<=\[address\]) ?{_CAP} {_TYPE}|(?<=\[address\])(?:, | ){_CAP} (?:Street|Road|Lane|Avenue|Drive)\b"),
)
# "lives at …", "address …": what follows with capitals is where.
_AT = (
    r"(?:(?:home )?address(?: is| as|:|,)?|(?:lives?|living|lived|live)(?: alone| with \w+(?: \w+)?)?(?: at| in| on| off| near|,|:)|"
    r"lives|resid(?:es|ing|ent)(?: at| in| of)|home visit(?: to| at|,|:)|(?:post|mail|send|deliver)(?:ed|ing)?"
    r"(?: \w+){0,4} to|moved to|based (?:in|at)|grew up in|(?:house|home|farm|flat|cottage)(?: is)? (?:in|at)|staying (?:at|in|with \w+ in))"
)
_PART = (
    rf"(?:(?:The |Old |New )?(?:\d{{1,5}}[a-zA-Z]? )?{_CAP}(?: (?:of|the|on|upon|na|le|under) {_CAP}| {_CAP}){{0,3}})"
)
_PLACED_AT = re.compile(rf"\b(?i:{_AT})\s+(?P<place>{_PART}(?:, {_PART}){{0,4}})")
_NAMED_HOUSE = re.compile(
    rf"(?:(?<=at )|(?<=to )|(?<=of )|(?<=in )|(?<=is )|(?<=ss )|(?<=ss: )|\bThe )(?P<house>{_CAP}(?: {_CAP}){{0,2}}),? (?=\[address\])"
)
_GATE = re.compile(rf"(?i:\b{_AT})\s+(?P<number>\d{{1,4}}[a-zA-Z]?,? {_CAP})")

# --- towns and counties
_IRISH = (
    r"(?i:Antrim|Armagh|Carlow|Cavan|Clare|Cork|Derry|Donegal|Down|Dublin|Fermanagh|Galway|Kerry|Kildare|Kilkenny|Laois|"
    r"Leitrim|Limerick|Longford|Louth|Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Tyrone|Waterford|Westmeath|"
    r"Wexford|Wicklow|Durham)"
)
_COUNTY = re.compile(rf"(?P<towns>(?:{_CAP}(?: {_CAP}){{0,2}},? ){{0,2}})\b(?:Co\.? ?|County |(?i:co\.? )){_IRISH}\b")
_BEHIND = re.compile(
    rf"(?<=\[address\])(?P<tail>(?:(?:,| in| near)? {_CAP}(?:[ -]{_CAP}){{0,2}}(?: \d{{1,2}}W?(?! ?\w))?(?! ?\d)){{1,3}})(?=[,.;:)\s\[]|$)"
)
_BEFORE = re.compile(rf"(?P<town>\b{_CAP}(?: (?:{_CAP}|on|upon|under|le)){{0,2}}),? (?=\[postcode\])")
_STATE = re.compile(rf"(?P<town>\b{_CAP}(?: {_CAP}){{0,2}}), (?=\[postcode\])|(?<=\[address\]),? {_US_STATE}\b")
_ALONE = re.compile(r"\[address\](?:,? ?(?:in )?\[address\])+")
# Words of the clinic that stand in addresses too.
_PLACE_WORDS = word_set(
    "of the on upon na le under co county st old new in near flat unit room no block floor house home east west north south road hill "
    "long high low church school station park green upper lower rr box route ct dr cl pl head foot bank cross well spring top back end "
    "first second third fourth fifth sixth middle bottom great little grange hospital college market main walk court view point run lodge"
)


def _address(match: re.Match[str], _: date) -> str | None:
    said = match.group()
    if _is_clinical(said):
        return None
    return "[address]" + said[len(said.rstrip()) :]


def _is_clinical(said: str) -> bool:
    """Whether a capital word of it belongs to the clinic: "5 Wall Squat Way" is no street."""
    return any(_is_no_place(w.key) for w in words_of(said)[:3])


def _is_no_place(key: str) -> bool:
    return key not in _PLACE_WORDS and (key in CLINIC or key in EPONYMS)


def _settled_at(match: re.Match[str], _: date) -> str | None:
    """Replace what follows "lives at": as many of its parts as are no words of the clinic."""
    place = match["place"]
    parts = place.split(", ")
    kept: list[str] = []
    for part in parts:
        if not _is_somewhere(part):
            break
        kept.append(part)
    if not kept:
        return None
    taken = len(", ".join(kept))
    return match.string[match.start() : match.start("place")] + "[address]" + place[taken:]


def _is_somewhere(part: str) -> bool:
    keys = [folded(w.strip(".")) for w in part.split(" ") if not w[0].isdigit()]
    if any(_is_no_place(k) for k in keys):
        return False
    return len(keys) > 1 or any(c.isdigit() for c in part) or is_place(keys[0]) or not is_ordinary(keys[0])


def _county(match: re.Match[str], _: date) -> str | None:
    towns = match["towns"]
    is_town = towns and not _is_clinical(towns)
    return ("" if is_town else towns) + "[address]"


def _behind(match: re.Match[str], _: date) -> str | None:
    """Towns behind a street, up to the first word that is none."""
    tail = match["tail"]
    taken = 0
    for part in re.finditer(r"(?:,| in| near)? [^,]+", tail):
        keys = [w.key for w in words_of(part.group())]
        if not keys or any(_is_no_place(k) for k in keys):
            break
        taken = part.end()
    return tail[taken:] if taken else None


def _named_house(match: re.Match[str], _: date) -> str | None:
    return None if _is_clinical(match["house"]) else "[address], "


def _before(match: re.Match[str], _: date) -> str | None:
    keys = [w.key for w in words_of(match["town"])]
    is_town = (
        keys and not any(k in CLINIC or is_given(k) or (k.isupper()) for k in keys) and not match["town"].isupper()
    )
    return "[address], " if is_town else None


_POST_HINT = re.compile(r"[A-Za-z]\d|\d[A-Z]|\d{4}")
_STREET_HINT = re.compile(r"\d|\[address\]|, (?:\w+ ){1,2}(?:Road|Street|Lane|Avenue|Drive|Terrace|Close)\b")
_AT_HINT = re.compile(
    "ddress|ased|grew|ouse|ome|arm|flat|ottage|iv(?:es?|ing)|esid|isit|ost|ail|[Ss]en[dt]|eliver|oved|taying|ADDRESS|LIVES"
)
_FOUND = re.compile(r"\[address\]|\[postcode\]")

POSTCODES = tuple(
    Rule(kind="postcode", pattern=p, replace=lambda m, _: placed("postcode", m), hint=_POST_HINT) for p in _POSTCODES
)
"""Postcodes; before telephone numbers and plates."""

RULES = (
    *(Rule(kind="address", pattern=p, replace=_address, hint=_STREET_HINT) for p in _STREETS),
    Rule(kind="address", pattern=_NAMED_HOUSE, replace=_named_house, hint=_FOUND),
    Rule(kind="address", pattern=_GATE, replace=lambda m, _: placed("address", m), hint=_AT_HINT),
    Rule(kind="address", pattern=_COUNTY, replace=_county, hint=re.compile(r"\b[Cc]o\b|\bCounty\b|\bCo[A-Z]")),
    Rule(kind="address", pattern=_PLACED_AT, replace=_settled_at, hint=_AT_HINT),
    Rule(kind="address", pattern=_BEHIND, replace=_behind, hint=_FOUND),
    Rule(kind="address", pattern=_BEFORE, replace=_before, hint=_FOUND),
    Rule(kind="address", pattern=_STATE, replace=lambda m, _: "[address], " if m["town"] else "", hint=_FOUND),
    Rule(kind="address", pattern=_ALONE, replace=lambda _m, _t: "[address]", hint=_FOUND),
)
"""Streets and towns; after postcodes, which tell a town."""
