"""Everyday words: a sentence may add one or two that its passages lack, and still say what they say (decision 18).

They name no muscle, joint, condition, exercise, outcome, population or design, and none of them turns a statement round,
bounds it, or makes it surer; those are asked of by rules of their own. Written from general English, not from the mutants.
"""

from __future__ import annotations

from corpus.stemming import stem

_WORDS = """
absorb account accompany acquire act action actual address adjust adopt affair afford agent aim air album alert allot amid anchor
anew anticipate apparent appeal apart appoint arise arrange arrive aside assemble assign assist assume attach attempt attend attract
author avail await award back band bar base bear beginning begin behave belong beside bit blame blend block body book borrow bottom
bound box break bridge briefly bring build bundle busy call calm camp capture care carry case catch category chance chapter chart check
choose circle circumstance cite claim clear climb close code collect colleague column comfort command comment commit communicate
company complaint complement complete compose concept concern conclude condition conduct confident confine confront conscious consequence
consequent consist constant constitute consult contact content context contribute convenient convey convince cope copy core correspond cover
create credit critical crowd culture cycle dare date deal debate decade decide deem define deliberate depart depend deploy deserve design
desire despite detail determine develop device devote dictate diet difficult direct disappear discover discuss disease display dispose
distance distinct distribute divide document door doubtless draw dress drive due duty eager ear earn easily easy edge edit effort elaborate
elect elegant element else embrace emerge emphasis employ enable encounter encourage end endorse endure engage enjoy ensue enter entire
environment envisage equip essence establish event eventual everyday evident evolve exact examine excerpt exclusive execute exercise exhibit
expand experience expert explore express extend extent face fact factor faculty fail fair faith familiar family fashion fault feature
field figure fill film final find fine fit fix floor fold formal former formulate forth forward found frame free fresh friend front
fulfil full fundamental further gap gather gauge gear general genuine glance goal grasp grip ground guess guide habit hand handle
happen hear heart hint hobby home hope host house human idea ideal identify illustrate image imagine immediate impact implement imply
impress incident incline incorporate individual influence inform initiate insight inspect instance institute instruct integral intend
intent interest interpret interview introduce invite isolate item job join journey judge keen key kit label lack land language launch
lay layer layout lead leap learn leave lecture lend lesson letter lifelike lift light likewise limit link list literal live local
lodge logic look magazine maintain manage manner map mark market match material matter meaning mechanism member memory mention mere
merge merit message method mind minute mirror mix mode moment mood motive mount move movement name narrate native nature neat
necessary negotiate neighbour network nominate normal notable notice notion novel object oblige observe obtain obvious occasion occupy
occur odd offer office open operate opportunity organise orient origin outline outlook overview own pace pack page paint pair panel
paragraph parallel part partner pass path patient pattern pause pay people perceive perform permit person perspective phase phenomenon
phrase pick picture piece place plain plan platform play pleasant plenty plot plus point policy popular portion portray pose position possess
post practical precede predominant premise prepare presence preserve press presumably prevail principal principle prior privilege proceed
process profile prolong prominent promptly proper property propose prospect provide province provision public pull purpose push put
puzzle quality quarter quick quiet quote raise rank rapid reach react read ready realise reason recall recently recipe record
recruit refer refine reflect regime region regular reinforce relate release rely remark remarkable remind render repeat replace report
represent request require reserve resolve resource respond rest result retain reveal reverse review reward rich role room root rough round
route routine row rule sake same scale scan scene scheme scope score scrutiny search seat section sector secure seek segment select
sense sentence sequence series serious serve setting settle shape share shift shop show signal simple simply single situation size
skip smooth so-called social sole solid solution sort sound space speak special spell spend spirit split spot spread stage stance
stand start state statement station stay stem step stick stop store story straightforward strategy stream stretch strike string structure
struggle style subject submit succeed such suffer suggest suit sum supply suppose surface surprise surround survey suspend sustain
switch system tackle tag talk target task teach team tell tempt tend term test text theme theory thereby thorough thread throw
tie tight title tone tool topic touch tour trace track tradition trail transform transition translate treat trend trick trigger trust
try turn type typical ultimate undergo underline unfold unify unit unite urge user utility utter vary vehicle venture verse version
view visible visit visual vital voice volume voluntary wait want watch wave wear weave welcome whole wide wind wish wonder word
world worth wrap write yield prefer harmony reckon stress highlight underpin caution favour depict outcome-wise
accordance aforementioned altogether amongst anyhow anyway arguably aspect assertion attitude aware backdrop background basis brief
broader brought capable careful carefully characteristic choice chosen commonplace comparable complex component consideration contrary
conventional corresponding counterpart customary daily decision deliberately demanding description desirable detailed difference directly
distinction ease elsewhere emphasise enough entirely equivalent evidently exception explicit explicitly extensive fairly fashionable
finding firstly fitting focus formally framework frequently fully furthermore gain generally genuinely gradually hardly headline hence
ideally implicit importantly inability inclusion independent independently indication inevitable initially instruction interestingly
intention involvement latter lately leading likely limitation lines literally main mainly majority meaningful measurable merely minor
mostly namely naturally nearby necessarily newly nowadays obviously occasionally occurrence ongoing original otherwise outright overly
partially particularly partly phases possibility practically presently presumed previously primary principally proportionate purely question
rationale readily reasonable reasonably reference regarding regardless relative relevant reliance repeatedly respective response
roughly scenario seemingly separate separately set-up setup shortly similarly sooner specific specifically stated statistical
statistically straight strictly strongly subsequent substantive suddenly sufficient suitable surely technique tendency thinking thoroughly
thought thus typically underlying understanding unusual upcoming usable usage usual valid variety various way widely wording
faulty poor poorly bad badly good wrong proper properly correct correctly awkward sloppy
hurt suffered lived gone went gone began begun saw seen felt kept held let met paid said sat sent sold stood took taken told thought
wore worn written wrote spoke spoken chose drew drawn grew given left lost made meant came done
abide accord afterwards allude amount analogy announce attribute backbone bear beforehand behold bind boundary bracket breadth candidate caveat
chunk clause clue coin compile concise conjecture contour cornerstone crude curious derive detour digest dominate dot draft dwell echo
embark embed embody encompass endeavour enlist entail enumerate equate evoke explicit eye fetch firm flag flatter flow fluctuate foothold
footing foreground foresee forgo formula foster frequency fringe future gap gauge gist gloss granular grapple grid guesswork hallmark hang
hazy heed hinge hurdle hurry imitate inch infer inherit instant interim interval intuitive inventory jot juncture latitude leeway leftover
lens linger loop lump magnitude mainstay margin maxim menu milestone mindful misread modest moot muddle multitude muster nuance nudge numeral
omit onward order outrank outset outweigh overlook overturn owe pairing parcel patch patience peg pending persuade pile pin pinpoint
pledge pocket poll ponder practice prepare presume pretend probe proclaim profound prone prose proxy queue ramp random rapport ratio readout
realm recap reconcile refrain reiterate remainder reminder remit reserve residual restate retell retrace reuse revisit revolve ring road roadmap
rung rush salient scatter schedule schematic scratch sceptical scrutinise send series shed shelf shorthand shrug sift skim sketch slot
snapshot speak spell spur stack stake stall steer straddle strand stray subtle suffice surplus swap tally tangible tempting tentative tether
tier timeline token tough trade trait transpire tread trim trivial turnout underlie unearth unlock unpack unravel upfront uphold usher vague
verdict verge vet vicinity vigilant vouch wade warn watchful wield wisdom witness yardstick
"""
# Neither: these turn, bound or grade what is said, or name what the library's checks compare.
_NOT_THESE = frozenset(
    """
    straight front back_of extend stretch isolate close open raise lift hurt core exercise diet seat stance light limit
    free gain lost likely hardly same equivalent comparable majority mostly mainly entire whole fully entirely necessary
    vital essence trigger drive inevitable guarantee succeed fail lack expert trend recruit treat single sole exclusive
    independent statistically strictly always never only prolong rank wrong poor poorly bad badly good strongly home
    sufficient enough normal difference hand heart ear face quality poor diet material lateral gear
    """.split()
)
EVERYDAY = frozenset(stem(w) for w in _WORDS.split() if w not in _NOT_THESE) - {stem(w) for w in _NOT_THESE}
