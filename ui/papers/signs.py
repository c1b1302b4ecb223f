"""The signs that red flags ask for, in clinic words: what a note lists as screened, or as not asked.

A label stands for its cues and nothing more, so that "no fever" is written only where fever itself was denied. Cues are
in the language of the library's red flags and meet normalised text (``guardrails.cues``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing worth asking, and what settles that it was asked.

    `signs` gives for each sign, as it reads after "no", its cues. `clear` are cues of what says that all is well, which
    are shown as they stand. `facts` settle it too where the case holds one.
    """

    asks: str
    signs: Mapping[str, tuple[str, ...]]
    clear: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that belong to the same red flags of the library.

    `when` is a predicate over the case's facts without which nobody would ask. `about` are topics of a crux that bring
    the group forward.
    """

    patterns: frozenset[str]
    items: tuple[Item, ...]
    when: str | None = None
    about: frozenset[str] = field(default_factory=frozenset)


def _group(patterns: str, *items: Item, when: str | None = None, about: str = "") -> Group:
    return Group(patterns=frozenset(patterns.split()), items=items, when=when, about=frozenset(about.split()))


def _item(asks: str, *, clear: tuple[str, ...] = (), facts: tuple[str, ...] = (), **signs: str) -> Item:
    """Return an item; each sign's name has _ for a space, its cues are parted by commas."""
    read = {name.replace("_", " "): tuple(c.strip() for c in cues.split(",")) for name, cues in signs.items()}
    return Item(asks=asks, signs=read, clear=clear, facts=facts)


# Most dangerous or most often the turning point first; a note lists ten at most.
GROUPS: tuple[Group, ...] = (
    _group(
        "fracture knee-dislocation periprosthetic-fracture",
        _item(
            "injury or fall",
            injury="injury|injuries|injured|trauma|accident",
            fall="fall|falls|fell|fallen",
            twist="twist|twists|twisted|twisting",
            blow="blow|tackle|tackled|collision|crash",
            clear=("nki|nkoi", "insidious|gradual|atraumatic onset", "atraumatic|insidious"),
        ),
        _item(
            "weight bearing",
            trouble_bearing_weight="cannot weight, cannot walk|stand, unable weight",
            clear=("full|fully weight bearing", "weight bears|bearing fully|well|fine|ok", "walks|walking unaided|normally|fine"),
            facts=("weight_bearing",),
        ),
        about="imaging fracture acute",
    ),
    _group(
        "septic-arthritis child-septic-joint necrotising-infection post-op-infection cellulitis gout",
        _item(
            "fever or feeling unwell",
            fever="fever|temperature",
            rigors="rigor|rigors|chills",
            feeling_unwell="unwell|malaise",
            clear=("systemically|generally|otherwise|medically|feels|feeling well", "well in|within himself|herself|themselves|self"),
        ),
        _item("heat or redness", heat="hot|heat|warm|warmth", redness="red|redness|erythema|erythematous"),
        about="infection",
    ),
    _group(
        "dvt ruptured-popliteal-cyst pulmonary-embolism",
        _item(
            "calf swelling or tenderness",
            calf_swelling="swelling of the calf itself, calf|calves swelling|swollen|swells|oedema|puffy, swelling|swollen calf|calves",
            leg_swelling="leg|lower leg swelling|swollen",
            calf_pain="pain in the calf itself",
            calf_tenderness="calf|calves tenderness|tender, tender|tenderness calf|calves",
            clear=("calf|calves soft", "wells 0"),
        ),
        _item(
            "earlier clot, recent operation, plaster or long journey",
            earlier_clot="deep vein thrombosis, clot|clots|thrombosis|embolism|vte",
            long_journey="flight|flights|flew|travel|travelled|journey",
            immobilisation="plaster|immobilised|immobilisation|bedbound",
            facts=("surgery.kind",),
        ),
        about="calf clot soleus gastrocnemius",
    ),
    _group(
        "adult-malignancy child-bone-pain leukaemia-child leukaemia-emergency pathological-fracture-or-cord-compression",
        _item(
            "night or rest pain",
            night_pain="night|nocturnal pain|pains|ache, pain|pains|ache at|overnight|during night, waking|woken|wakes night",
            rest_pain="rest pain, pain at rest",
        ),
        _item(
            "weight loss or a history of cancer",
            weight_loss="weight loss, loss of weight, losing|lost weight",
            history_of_cancer="cancer|malignancy|malignant|tumour",
            night_sweats="night sweats|sweat",
        ),
    ),
    _group(
        "cauda-equina progressive-leg-weakness lumbar-radiculopathy s1-loss fibular-palsy",
        _item(
            "numbness, tingling or leg weakness",
            numbness="numb|numbness|sensation lost|loss, numb|numbness",
            pins_and_needles="pins needles, paraesthesia|paresthesia|tingling",
            leg_weakness="leg|legs weakness|weak",
            foot_drop="foot drop",
            clear=(
                "neurovascularly|neuro|neurology|neurologically intact|normal|nad|ok",
                "reflexes|sensation|myotomes|dermatomes intact|normal|equal|ok",
                "ankle jerk|jerks|reflex intact|normal|equal|present",
            ),
        ),
        _item(
            "bladder, bowel or saddle change",
            bladder_change="bladder|continence|incontinence|incontinent",
            bowel_change="bowel|bowels",
            saddle_numbness="saddle",
            cauda_equina_signs="cauda equina",
        ),
        _item("back pain", back_pain="back|lumbar|low back pain|ache|symptoms"),
        about="heel-rise testing neural back",
    ),
    _group(
        "locked-knee",
        _item(
            "locking or a block to straightening",
            locking="lock|locks|locked|locking",
            block="blocked|block to extension, mechanical block",
            catching="catch|catches|catching",
            clear=("full|fully extension|extends",),
        ),
        about="meniscus",
    ),
    _group(
        "haemarthrosis-anticoagulant anticoagulant-head-injury fluoroquinolone-tendon",
        _item(
            "a swollen knee, and how fast it swelled",
            swelling="swelling|swollen|swells",
            effusion="effusion|effusions|haemarthrosis|haemarthroses",
            facts=("effusion",),
        ),
        _item(
            "blood thinners, steroids or a recent antibiotic",
            blood_thinners="anticoagulant|anticoagulants|warfarin|apixaban|rivaroxaban|edoxaban|doac|thinners|thinner",
            steroids="steroid|steroids|prednisolone|corticosteroid|corticosteroids",
            antibiotics="antibiotic|antibiotics|ciprofloxacin|levofloxacin|fluoroquinolone",
            medicines="medicine|medicines|medication|medications|meds",
            facts=("medicine",),
        ),
        about="tendon achilles",
    ),
    _group(
        "quadriceps-tendon-rupture patellar-tendon-rupture achilles-rupture tubercle-avulsion",
        _item(
            "a pop, a gap or lost straight leg raise",
            pop="pop|popped|popping|crack",
            gap="palpable|tendon gap|defect, gap|defect tendon|palpable",
            clear=("straight leg raise intact|normal|full|ok|good|strong", "calf squeeze normal|negative|intact|ok"),
        ),
        about="tendon achilles heel-rise",
    ),
    _group(
        "inflammatory-arthritis juvenile-arthritis",
        _item(
            "morning stiffness or other joints",
            morning_stiffness="morning stiffness|stiff, stiff|stiffness morning|mornings",
            other_joints="other joints|joint",
            psoriasis="psoriasis|uveitis|crohns|colitis",
        ),
        about="osteoarthritis",
    ),
    _group(
        "bone-stress-injury femoral-neck-stress-fracture insufficiency-fracture",
        _item(
            "bone tenderness",
            bone_tenderness="bony|bone|focal|tibial tenderness|tender, tender|tenderness over|on bone|tibia",
            pain_on_hopping="pain on|with hop|hopping, hop painful|hurts",
        ),
        when='sport or age > 50 or "mileage" in aggravator',
        about="running load return",
    ),
    _group(
        "scfe perthes",
        _item("hip or groin pain", hip_pain="hip pain", groin_pain="groin pain, groin", clear=("hip rotation full|normal|equal", "hip|hips nad|clear|normal")),
        _item("a limp", limp="limp|limping|limps"),
        when="age < 18",
        about="adolescent child",
    ),
    _group(
        "periprosthetic stiff-painful-knee-after-surgery",
        _item("the wound", wound_problem="wound|wounds, discharge|ooze|oozing|leak|leaking", clear=("wound|wounds clean|dry|healed|healing|nad",)),
        _item("stiffness that grows", stiffness="stiffness|stiffer|stiff"),
        when="surgery.kind",
        about="surgery replacement acl",
    ),
    _group(
        "acute-limb-ischaemia popliteal-aneurysm popliteal-artery-entrapment peripheral-arterial-disease"
        " compartment-syndrome exertional-compartment-syndrome",
        _item(
            "a cold or pale foot, cramp on walking",
            cold_foot="cold|pale|blue foot|leg|toes",
            claudication="claudication|cramp|cramps|cramping",
            clear=("pulses|pulse present|intact|good|normal|palpable|equal", "neurovascularly intact"),
        ),
    ),
    _group(
        "pulmonary-embolism",
        _item(
            "breathlessness or chest pain",
            breathlessness="breathless|breathlessness|dyspnoea|short of breath, shortness of breath",
            chest_pain="chest pain|tightness",
        ),
    ),
    _group(
        "low-energy-availability",
        _item("periods, eating and energy", missed_periods="periods|period|amenorrhoea", fatigue="fatigue|fatigued|exhaustion"),
        when="sport and not age >= 60",
        about="running",
    ),
    _group("crps", _item("colour change or pain on light touch", colour_change="colour|mottled", pain_on_light_touch="allodynia, light touch")),
    _group(
        "self-harm self-harm-emergency safeguarding safeguarding-danger opioid-withdrawal",
        _item("mood, opioids and safety at home", low_mood="low mood, mood, suicidal", opioids="opioid|opioids|codeine|tramadol|morphine"),
    ),
)  # fmt: skip
