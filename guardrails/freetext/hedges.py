"""How sure a sentence is: never surer than its passage, no association made a cause, no opinion made a study."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from corpus.types import Design
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Ground, Rule, contradicted, not_enough


class Sureness(IntEnum):
    """How sure a text is of what it says, from a guess to a certainty."""

    GUESS = 0
    LIKELY = 1
    PLAIN = 2
    CERTAIN = 3


_GUESS = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|potential(?:ly)?|suggest\w*|appear\w*|seem\w*|hint\w*|trend\w*|presum\w*|hypothes\w*|infer\w*|"
    r"speculat\w*|suppos\w*|thinks?|thought|believ\w*|tentativ\w*|preliminary|unclear|uncertain\w*|not sure|unsure|promise|promising|consider\w*|"
    r"propos\w*|conceivabl\w*|can (?:not|be)|cannot say|so far|feasib\w*|pilot|low certainty|low.quality|very low)\b"
)
_LIKELY = re.compile(
    r"\b(?:likel\w*|probabl\w*|tend\w*|usual\w*|often|generally|mostly|typical\w*|commonly|frequently|associat\w*|link\w*|correlat\w*|went with|goes? with|go with|going with|"
    r"tied|ties?|relat\w*|tracked|track|predict\w*|preceded|precedes?|came before|risk factors?|odds|followed by|accompan\w*|marked)\b"
)
_HALF = re.compile(r"\b(?:likel\w*|probabl\w*|tend\w*|can)\b")
_CERTAIN = re.compile(
    r"\b(?:prov(?:es?|ed|en|ing)|always|never|definit\w*|certainly|undoubtedly|conclusiv\w*|establish(?:es|ed)|confirm(?:s|ed)?|guarantee\w*|unquestionabl\w*|"
    r"without (?:a )?doubt|no doubt|beyond doubt|invariabl\w*|without exception|inevitabl\w*|must|has to|have to|in all cases|every time|completely|"
    r"undeniabl\w*|incontrovertibl\w*|clearly (?:show|demonstrat|prov|establish)\w*|ensures?|cures?|eliminat\w*|abolish\w*|essential|indispensable|crucial|imperative|vital|the only (?:way|effective)|categorical\w*|(?:exactly|precisely) (?=\d))\b"
)
_CAUSAL = re.compile(
    r"\b(?:caus(?:es?|ed|ing|al|ally|ation)|leads? to|led to|leading to|results? in|resulted in|resulting in|due to|because of|brings? about|brought about|"
    r"responsible for|gives? rise to|drives?|provokes?|triggers?|produc(?:es|ed)|root of|makes? (?:the )?(?:knees?|people|patients|runners)|stems? from|owing to|thanks to|to blame|(?:is|are) behind|explains why|underl(?:ies|ie|ying)|comes? from|brings? (?:\w+ ){1,4}on|brought (?:\w+ ){1,4}on|sets? off|sets? in motion|lies behind|(?:is|are) why|fuels?|feeds|induces?|contribut(?:es?|ed|ing) to|(?:is|are) (?:a|the) (?:result|consequence|product|driver) of|at the root|prevent(?:s|ed|ing)?|protect(?:s|ed|ing)?)\b"
)
_PROTECTIVE = re.compile(r"\b(?:protective|preventive)\b")
_CAUSE_NEUTRAL = re.compile(r"\b(?:caused by|followed by|presents? with)\b")
_ASSOCIATION = re.compile(
    r"\b(?:associat\w*|link\w*|correlat\w*|went with|goes? with|go with|going with|tied|ties|tracked|predict\w*|preceded|precedes?|came before|risk factors?|odds|likelier|more likely|commoner|differ\w*|tend\w*|more often|hazard ratio|against|weaker|had (?:less|more|lower|weaker)|relat\w*|cross.sectional|came with)\b"
)
_OBSERVED = frozenset({Design.COHORT, Design.CROSS_SECTIONAL, Design.DIAGNOSTIC_ACCURACY})
_ORDER = re.compile(r"\b(?:should|must|needs? to|ought to|have to|has to|required? to|need)\b")
_SOFT_ORDER = re.compile(r"\b(?:consider\w*|may|might|can|could|suggest\w*|option\w*|propos\w*|accept\w*|would)\b")
_ORDERED = re.compile(
    r"\b(?:should|must|has to|have to|had to|needs?|ought|recommend\w*|advis\w*|wants?|calls? for|asks? (?:for|that)|require\w*|keeps?|tells?|warn\w*|urg\w*|important|necessary|has beginners|suggest\w*|set|go|sends?)\b"
)
_AMOUNT = (
    re.compile(r"\b(?:few|a minority|rare\w*|uncommon\w*|seldom|hardly|occasional\w*|scarcely)\b"),
    re.compile(
        r"\b(?:some|sometimes|several|certain|a number of|can|may|might|one of|a third|a quarter|could|possibl\w*|limited)\b"
    ),
    re.compile(r"\b(?:many|often|common\w*|frequent\w*|commoner|a lot|numerous|nearly half|half|large part|much)\b"),
    re.compile(
        r"\b(?:most|mostly|usual\w*|typical\w*|majority|generally|mainly|largely|nearly all|almost all|nearly every\w*|mean|average|in general|predominantly|chiefly|as a rule|normally|(?:largest|biggest|greatest) (?:share|part))\b"
    ),
    re.compile(
        r"\b(?:all|every|everyone|everybody|always|any|anyone|whole|entire|each|invariabl\w*|without exception|none|never|nobody|no one|universal\w*|throughout|entirely)\b"
    ),
)
_UNIVERSAL = re.compile(
    r"\b(?:all (?!of the same|three|four|\d|alike|this|these|measures)|every(?:one|body)?\b|always|never\b|invariabl\w*|without exception|in each case|universal\w*|anyone|anybody|any (?:patient|person|runner|knee|athlete|one))"
)
_MOST = re.compile(
    r"\b(?:most(?! (?:\w+ly\b|of (?:that|the) (?:time|gain)|satisfied|often|effective|likely|useful|active|common|deeply|marked|recent|important|accurate|people prefer))|mostly|usually|majority|nearly all|almost all|typically|generally|as a rule|mainly)\b"
)
_STUDIES = re.compile(
    r"\b(?:(?:several|many|multiple|numerous|various|two|three|other) )?(?:studies|trials|rcts|experiments|cohorts|meta.analyses|reviews|guidelines)\b|\b(?:research|the (?:evidence|data|literature|science)|evidence|science|data) (?:clearly |consistently |strongly |now )?(?:show\w*|suggest\w*|indicat\w*|support\w*|back\w*|prov\w*|demonstrat\w*|confirm\w*|says?|favou?r\w*|points?|finds?|found|is clear)\b|\b(?:research|evidence|scientific(?:ally)?)[\s-](?:based|backed|proven|supported)\b|\bscientif\w+\b|\bclinically proven\b"
)
_ONE_STUDY = re.compile(
    r"\b(?:(?:randomi[sz]ed|controlled|clinical|cohort|case.control|cross.sectional|observational|crossover|pilot|feasibility|prospective) (?:\w+ )?(?:trial|study)|trial|rct|study|studied|meta.analysis|systematic review|randomi[sz]ed|review|guideline|consensus statement|experiment)\b"
)
_BEEN_SHOWN = re.compile(
    r"\b(?:been|is|are|was|were) (?:clearly |well |now |repeatedly )?(?:shown|proven|proved|demonstrated|established|confirmed)\b"
)
_HAS_SHOWN = re.compile(
    r"\b(?:he|she|they|has|have) (?:\w+ly )?(?:shown|shows|showed|found|proven|proved|proves|demonstrated|established)\b"
)
_MANY = frozenset({Design.GUIDELINE, Design.SYSTEMATIC_REVIEW, Design.CONSENSUS, Design.NARRATIVE_REVIEW})
_OPINION = frozenset({Design.EXPERT_OPINION, Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT})
# The name of a kind of study, and the designs that may bear it.
_KINDS: tuple[tuple[re.Pattern[str], frozenset[Design]], ...] = (
    (re.compile(r"\b(?:randomi[sz]\w*|rcts?|controlled trials?|clinical trials?)\b"), frozenset({Design.RCT, Design.SYSTEMATIC_REVIEW, Design.GUIDELINE})),
    (re.compile(r"\btrials?\b(?! of| and error)"), frozenset({Design.RCT, Design.SYSTEMATIC_REVIEW, Design.GUIDELINE})),
    (re.compile(r"\b(?:meta.?analys\w+|systematic review\w*|pooled|pooling)\b"), frozenset({Design.SYSTEMATIC_REVIEW, Design.GUIDELINE})),
    (re.compile(r"\bguidelines?\b"), frozenset({Design.GUIDELINE})),
    (re.compile(r"\bconsensus\b"), frozenset({Design.CONSENSUS, Design.GUIDELINE})),
    (re.compile(r"\breviews?\b"), frozenset({Design.SYSTEMATIC_REVIEW, Design.NARRATIVE_REVIEW, Design.GUIDELINE, Design.CONSENSUS})),
    (re.compile(r"\b(?:cohort|longitudinal|prospective)\b"), frozenset({Design.COHORT, Design.RCT, Design.SYSTEMATIC_REVIEW, Design.DIAGNOSTIC_ACCURACY})),
)  # fmt: skip


def overstated(claim: Reading, grounds: Sequence[Ground], case: Reading) -> Iterator[Fault]:
    """Yield a fault where a claim is surer, more general, more causal or better studied than what it cites."""
    said = " . ".join(g.said.text for g in grounds)
    yield from _surer(claim, said, grounds)
    yield from _causal(claim.text, said, grounds)
    yield from _ordered(claim.text, said)
    yield from _amounts(claim.text, said)
    yield from _studied(claim.text, grounds, case)
    yield from _known_to_exist(claim.text, said)


_EXISTS = re.compile(
    r"\b(?:(?:one|some|each|every|another|a|an|any) (?:trials?|study|studies|source|author|article|school|side|number|dose|paper)"
    r"(?: (?!no\b|not\b)[\w-]+){0,3}? (?:gives?|sets?|tests?|tested|seen|follows?|doses?|offers?|names?|tells?|exists?)|"
    r"it can be (?:told|known|said|settled|decided|shown))\b"
)


def _known_to_exist(claim: str, said: str) -> Iterator[Fault]:
    """Yield a fault for what is said of the literature ("one trial sets the dose") and stands in no passage."""
    found = _EXISTS.search(claim)
    if found and not _EXISTS.search(said):
        yield not_enough(Rule.STUDY, f"nothing cited says that there is such a thing (“{found.group()}”)")


def sureness(text: str) -> Sureness:
    """Return how sure a lower-case text is.

    >>> sureness("weak hips may underlie the pain").name, sureness("this proves it").name
    ('GUESS', 'CERTAIN')
    """
    if _CERTAIN.search(text):
        return Sureness.CERTAIN
    if _GUESS.search(text):
        return Sureness.GUESS
    return Sureness.LIKELY if _LIKELY.search(text) else Sureness.PLAIN


def _surer(claim: Reading, said: str, grounds: Sequence[Ground]) -> Iterator[Fault]:
    certain = _CERTAIN.search(claim.text)
    if certain and not _CERTAIN.search(said):
        yield contradicted(Rule.STRENGTH, f"“{certain.group()}” is surer than anything cited")
    elif not _GUESS.search(claim.text) and not _HALF.search(claim.text) and all(_is_guess(claim, g) for g in grounds):
        guess = _GUESSED.search(said)
        yield contradicted(
            Rule.STRENGTH, f"states plainly what is cited only as a possibility (“{guess.group() if guess else ''}”)"
        )


_GUESSED = re.compile(
    r"\b(?:may(?! not)|might|could|possibl[ey]|perhaps|suggest(?:s|ed)?|appears?|seems?|presum\w*|trend|infers?|potentially|thinks?|consider|likely|probably)\b"
)
_SHARE = 0.5  # of the claim's terms, how many the clause that guesses must hold; chosen on the dev half, decision 18
_MODAL = re.compile(
    r"\b(?:may(?! not)|might|could|possibl[ey]|perhaps|appears?|seems?|potentially|likely|probably)\b"
)  # what an author himself leaves open: "argues that it may" is not met by "argues that it does"
_TELLS = re.compile(
    r"\b(?:can|thinks?|view|opinion|argues?|argued|considers?|says|believes|holds|conclude[sd]?|presumes)\b"
)


def _is_guess(claim: Reading, ground: Ground) -> bool:
    """Return whether a passage puts what a claim states only as a possibility."""
    is_told = bool(_TELLS.search(claim.text)) and ground.design in _OPINION
    guessed = _MODAL if is_told else _GUESSED
    terms = _what_is_told(claim) if is_told else claim.ideas
    for number, clause in enumerate(ground.said.clauses):
        if guessed.search(" ".join(t.word for t in clause)):
            others = ground.said.clauses[:number] + ground.said.clauses[number + 1 :]
            here = len(terms & {t.idea for t in clause})
            if here >= _SHARE * len(terms) and here > max(
                (len(terms & {t.idea for t in o}) for o in others), default=0
            ):
                return True
    return False


def _what_is_told(claim: Reading) -> frozenset[str]:
    """Return the ideas behind "argues on such grounds that": what an author holds, without who holds it and why."""
    that = next((n for n, t in enumerate(claim.tokens) if t.word == "that"), None)
    return claim.ideas if that is None else frozenset(t.idea for t in claim.tokens[that:] if not t.is_generic)


def _causal(claim: str, said: str, grounds: Sequence[Ground]) -> Iterator[Fault]:
    causal = _CAUSAL.search(_CAUSE_NEUTRAL.sub(" ", claim))
    if causal is None or _PROTECTIVE.search(said):
        return
    if _CAUSAL.search(said):
        clauses = _causal_clauses(grounds)
        if clauses and not _is_left_open(claim) and all(map(_is_left_open, clauses)):
            yield contradicted(Rule.STRENGTH, f"makes a cause (“{causal.group()}”) of what is cited as open or denied")
        return
    observed = all(g.design in _OBSERVED for g in grounds) or _ASSOCIATION.search(said)
    is_result = causal.group() in (
        "led to",
        "leads to",
        "leading to",
        "results in",
        "resulted in",
        "resulting in",
        "produces",
        "produced",
        "brought about",
    ) and any(
        g.design in (Design.RCT, Design.SYSTEMATIC_REVIEW, Design.BIOMECHANICS, Design.GUIDELINE) for g in grounds
    )
    if observed and not is_result:
        yield contradicted(Rule.STRENGTH, f"makes a cause (“{causal.group()}”) of what is cited as going together")
    elif not is_result:
        yield not_enough(Rule.STRENGTH, f"nothing cited speaks of a cause (“{causal.group()}”)")


_OPEN = re.compile(
    r"\b(?:may|might|could|possibl\w+|perhaps|suggest\w*|seem\w*|appear\w*|hypothes\w*|presum\w*|thinks?|argues?|argued|whether|unclear|uncertain|likely|probabl\w+|can|propos\w*|"
    r"not|no|never|nor|neither|none|nobody|nothing|without|rather_than|cannot|unlikely|doubt\w*|rejects?|denies|disputes?|against|view|believ\w*|says?|holds?|if|would|considers?|risk|describes?|reads?)\b"
)


def _is_left_open(text: str) -> bool:
    """Return whether a text that speaks of a cause leaves it open, denies it, or gives it as somebody's view."""
    return bool(_OPEN.search(text))


def _causal_clauses(grounds: Sequence[Ground]) -> list[str]:
    """Return the clauses of what is cited that speak of a cause."""
    clauses = [" ".join(t.word for t in clause) for g in grounds for clause in g.said.clauses]
    return [c for c in clauses if _CAUSAL.search(_CAUSE_NEUTRAL.sub(" ", c))]


def _ordered(claim: str, said: str) -> Iterator[Fault]:
    order = _ORDER.search(claim)
    if order and not _ORDERED.search(said):
        yield contradicted(Rule.STRENGTH, f"“{order.group()}” prescribes what nothing cited prescribes")
    elif (
        order
        and _SOFT_ORDER.search(said)
        and not _SOFT_ORDER.search(claim)
        and not re.search(r"\b(?:recommend|advis|must|important|wants)", said)
    ):
        soft = _SOFT_ORDER.search(said)
        yield contradicted(
            Rule.STRENGTH, f"“{order.group()}” is firmer than what is cited (“{soft.group() if soft else ''}”)"
        )


def _amounts(claim: str, said: str) -> Iterator[Fault]:
    universal = _UNIVERSAL.search(claim)
    if universal and not _AMOUNT[4].search(said):
        yield contradicted(Rule.STRENGTH, f"“{universal.group().strip()}” is more than what is cited says")
        return
    most = _MOST.search(claim)
    if (
        most
        and not any(p.search(said) for p in _AMOUNT[3:])
        and not re.search(r"\b(?:[5-9]\d|100)(?:\.\d+)? percent|more than 50 percent", said)
    ):
        yield contradicted(Rule.STRENGTH, f"“{most.group()}” is more than what is cited says")


def _studied(claim: str, grounds: Sequence[Ground], case: Reading) -> Iterator[Fault]:
    del case
    said = " . ".join(f"{g.said.text} {g.named.text}" for g in grounds)
    many = _STUDIES.search(claim)
    if many and not _are_many(grounds, said):
        only = "an opinion" if all(g.design in _OPINION for g in grounds) else "a single study"
        yield contradicted(Rule.STUDY, f"“{many.group()}” is said of {only}")
        return
    shown = _BEEN_SHOWN.search(claim)
    if shown and all(g.design in _OPINION for g in grounds) and not _BEEN_SHOWN.search(said):
        yield contradicted(Rule.STUDY, f"“{shown.group()}” is said of an opinion")
        return
    found = _HAS_SHOWN.search(claim)
    if found and all(g.design in _OPINION for g in grounds) and not _HAS_SHOWN.search(said):
        yield contradicted(Rule.STUDY, f"“{found.group()}” is said of an opinion")
        return
    single = _ONE_STUDY.search(claim)
    if single and all(g.design in _OPINION for g in grounds) and not _mentions(single.group(), said):
        yield contradicted(Rule.STUDY, f"“{single.group()}” is said of an opinion")
        return
    for pattern, designs in _KINDS:
        kind = pattern.search(claim)
        if kind and not any(g.design in designs for g in grounds) and not pattern.search(said):
            yield contradicted(Rule.STUDY, f"“{kind.group()}” is not what is cited")
            return


def _are_many(grounds: Sequence[Ground], said: str) -> bool:
    studied = [g for g in grounds if g.design not in _OPINION]
    return (
        any(g.design in _MANY for g in studied)
        or len({g.passage_id.rsplit(":", 1)[0] for g in studied}) > 1
        or bool(re.search(r"\b(?:studies|trials|research|literature|evidence|cohorts|reviews|guidelines)\b", said))
    )


def _mentions(word: str, said: str) -> bool:
    return word.rstrip("s") in said
