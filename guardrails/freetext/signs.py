"""The words that say which way a finding went, and those that deny.

A sign is ``up``, ``down``, ``good``, ``bad`` or ``same``. Up and down become good or bad by what they are said of: less pain
is good, less strength is not.
"""

from __future__ import annotations

_SIGNS = {
    "up": """
        more greater higher larger bigger longer stronger heavier faster increase increases increased increasing raise raised raises
        raising rise rises rising rose elevate elevated elevates grew grow grows growing gain gains gained gaining exceed exceeds
        exceeded boost boosts boosted enlarge enlarged enlarges up_by went_up goes_up go_up extra additional enhanced enhance
        enhances steeper heightened heightens strong climb climbed climbs doubled doubles trebled commoner likelier more_often
        more_likely
        """,
    "down": """
        less fewer lower smaller shorter weaker lighter slower decrease decreases decreased decreasing reduce reduces reduced reducing
        reduction reductions lowered lowering lowers fall falls fell falling drop drops dropped dropping cut cuts cutting diminish
        diminished diminishes decline declined declines ease eases eased easing relieve relieves relieved relieving relief alleviate
        alleviates alleviated lessen lessened lessens shrink shrank weak weakness shrinks dip dipped halved halve down_by went_down goes_down
        go_down impaired impairs impair lose lost loses loss subside subsided settle settled settles less_often less_likely
        rarer prevent prevents prevented preventing prevention protect protects protected protective protecting minimise minimises
        """,
    "good": """
        better improve improves improved improving improvement improvements superior beat beats beaten outperform outperforms
        outperformed outperforming benefit benefits benefited beneficial advantage advantages helped helps help helpful effective
        more_effective succeed succeeds successful success ahead_of outdid outdo favourable came_out_ahead edge won
        """,
    "bad": """
        worse worsen worsens worsened worsening inferior deteriorate deteriorated deteriorates aggravate aggravates aggravated
        harm harms harmed harmful poorer less_effective disadvantage exacerbate exacerbates exacerbated lagged_behind unfavourable
        counterproductive detrimental outdone outperformed_by beaten_by
        """,
    "other": "differ differs differed different differently",
    "same": """
        same_result equal equally equivalent equivalence similar similarly alike comparable comparably identical unchanged no_difference
        not_differ no_different no_significant_difference not_differ_significantly not_significantly_differ no_change
        without_a_difference without_difference without_any_difference like_gains as_well_as_each_other non_inferior noninferior
        on_a_par the_same no_real_difference no_clear_difference indistinguishable
        """,
}

# Ways of saying that one is not better than another; each becomes one token before anything else is read.
PHRASES = {
    "no_difference": """
        did not differ|does not differ|not differ significantly|not significantly differ|did not significantly differ|
        didnt differ|not differing|no significant difference|no statistically significant difference|no significant differences|
        no meaningful difference|no detectable difference|no measurable difference|no clear difference|no real difference|no statistical difference|no statistical differences|
        no real side difference|no difference|no differences|without a difference|without difference|without any difference|
        without differing|not significantly different|not statistically different|not different|no different|not a significant difference|
        made no difference|makes no difference|difference was not significant|differences were not significant|nothing to choose between|
        neither did better|neither was better|neither was superior|neither came out ahead|neither group did better|no advantage either way|
        no gap between|difference not significant|without a significant difference|no between group difference|no superiority of|
        no longer differed|no longer differ|differed neither|gap was not significant|did not separate|could not be separated
        """,
    "not_better": """
        no better than|not better than|no better|not superior|no superiority|did not beat|does not beat|did not outperform|
        does not outperform|no advantage over|no advantage|no more effective|not more effective|added nothing|adds nothing|
        nothing was added|no added benefit|no extra benefit|no additional benefit|no further benefit|no extra|gave no extra|
        nothing significant|no significant benefit|no clear benefit|not outperform|did no better|does no better|were no better|
        was no better|not do better|no greater|not improve on|brought no extra|brought nothing extra|no further gain|nothing further|
        nothing extra|nothing on top|no benefit
        """,
    "not_only": "not only|not just|not simply|not merely|no fewer than|no less than|no more than|no alternative but|no choice but|if not|whether or not",
    "no_change": "did not change|does not change|didnt change|not changed|not change|left unchanged|stayed unchanged|no change|no changes|no significant change",
    "no_treatment": "no treatment|no intervention",
    "advise_against": "advises against|advise against|advised against|recommends against|recommend against|recommended against|argues against|argued against|warns against|speaks against|discourages|discouraged",
    "fail_to": "failed to|fails to|fail to|failing to",
    "non_inferior": "non inferior|not inferior|noninferior|no worse than|no worse|not worse",
    "more_likely": "more likely|more often|more frequently|more commonly|more common|more prone",
    "less_likely": "less likely|less often|less frequently|less commonly|less common|less prone",
    "more_effective": "more effective|more effectively",
    "less_effective": "less effective|less effectively",
    "fared_alike": "as well as when|did as well as|did as well|done as well|do as well|does as well|just as well|as good as|as effective as|equally as|as much as|to the same degree|"
    "to a similar degree|to the same extent|about equally|about the same|much the same|the same result|the same results|the same outcome|"
    "fared the same|equally well|by the same amount",
    "went_up": "went up|goes up|go up|up by",
    "went_down": "went down|goes down|go down|down by",
    "ahead_of": "ahead of|came out on top|come out on top|came out ahead|coming out best",
}

# What less of is good, and what more of is good.
UNWELCOME = (
    "pain symptom injury risk disability effusion laxity stiffness redislocation failure fear relapse swelling return_of_pain complication "
    "dislocation flare wasting insomnia dysfunction stiff swollen loose progression"
)
WELCOME = (
    "function strength quality satisfaction endurance flexibility balance torque recovery performance score compliance range "
    "capacity benefit growth power outcome success adherence"
)

NEGATORS = frozenset(
    """
    no not never without neither nor none nobody nothing nowhere cannot cant dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt
    wont wouldnt shouldnt couldnt lack lacks lacked lacking absent absence fail_to hardly scarcely barely rarely seldom
    unable ineffective unsupported unrelated unnecessary unsafe unproven untested unaffected unimportant insufficient impossible
    unhelpful unlikely minimally avoid avoids avoided against_it contraindicated refuse refuted refutes unlinked instead_of rather_than
    advise_against uncommon unjustified unwarranted excluding except denies deny denied doubt doubts doubted doubtful free_of
    """.split()
)
NEGATED_WORDS = {
    "ineffective": "effective", "unsupported": "supported", "unrelated": "related", "unnecessary": "necessary", "unsafe": "safe",
    "unproven": "proven", "untested": "tested", "unaffected": "affected", "unimportant": "important", "unable": "able",
    "insufficient": "sufficient", "impossible": "possible", "unhelpful": "helpful", "unlikely": "likely", "uncommon": "common",
    "unlinked": "linked", "unwarranted": "warranted", "unjustified": "justified", "minimally": "much",
}  # fmt: skip
# What sets one thing beside another; it reaches a few words only, and nothing is denied of what follows.
CONTRASTS = frozenset({"instead_of", "rather_than", "free_of", "except", "excluding"})
# Denials that add a word of their own do not change what the rest says; these are asked of separately.
SOFT_NEGATORS = frozenset(
    "hardly scarcely barely rarely seldom unlikely minimally uncommon doubt doubts doubted doubtful".split()
)

# Ways of saying that nothing was found, or nothing more than by something else.
LIKE = frozenset({"no_difference", "not_better", "non_inferior", "no_change"})

SIGN_OF: dict[str, str] = {
    word: sign for sign, words in _SIGNS.items() for word in words.split()
} | {
    "no_difference": "same", "no_change": "same", "not_better": "notgood", "non_inferior": "notbad", "more_likely": "up", "less_likely": "down",
    "more_effective": "good", "less_effective": "bad", "fared_alike": "same", "went_up": "up", "went_down": "down", "ahead_of": "good",
}  # fmt: skip
