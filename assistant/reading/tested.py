"""Readers of what was tested and seen: counts, symmetries, step-down, effusion, calf."""

from __future__ import annotations

from assistant.deficits import deficit_readers
from assistant.readers import HEEL_RISE, KNEE_TO_WALL, Reader, constant, pair_readers, reader, symmetry_readers

_QUADS = r"(?:quadriceps|quads?|knee extens\w+|vmo|vastus medialis(?: obliq\w+)?)"
_HIP = r"(?:hips?(?: (?:abd\w*|ext\w*))?(?: and (?:abd\w*|ext\w*))?|glut\w+(?: (?:medius|maximus|med|max))?|hip abductors?)"
TESTED: tuple[Reader, ...] = (
    *pair_readers("heel_rise", HEEL_RISE),
    *symmetry_readers("heel_rise", HEEL_RISE, is_strength=False),
    *pair_readers("knee_to_wall", KNEE_TO_WALL),
    *symmetry_readers("quads", r"(?:quadriceps|quads?|knee extension|knee extensors?)"),
    *symmetry_readers("hamstrings", r"(?:hamstrings?|hs|knee flexors?|knee flexion)"),
    *symmetry_readers("hip", r"(?:hip(?: abd\w*)?|gluteus medius|glute med|hip abductors?)"),
    *deficit_readers("quads", _QUADS, "quads_deficit"),
    *deficit_readers("hip", _HIP, "hip_deficit"),
    *symmetry_readers("hop", r"(?:single[ -]leg hop|triple hop|hop tests?|hops?)"),
    reader(
        rf"\b{_QUADS}[^.;?!,\d]{{0,20}}\d{{2,3}} ?%,? (?:and )?hops? (\d{{2,3}})\b(?! ?(?:cm|m|reps?|x|sets?|/)\b)",
        lambda m: {"hop.lsi": float(m.group(1))},
        deniable=False,
    ),
    constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:poor|bad|valgus|wobbly|uncontrolled)|\bpoor (?:\w+ )?step[ -]down|"
        r"\b(?:valgus|pelvic drop|knees? (?:caves?|caving|collaps\w+|drops?|dives?) in\w*) (?:on|in|with|during) (?:the |a |her |his )?"
        r"(?:single[ -]leg squat|sls|step[ -]down)|\b(?:single[ -]leg squat|sls)\W{1,3}(?:\w+\W){0,2}?(?:valgus|poor|pelvic drop)",
        "step_down",
        "poor",
    ),
    constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:good|clean|fine|controlled|nad|normal)|\bgood step[ -]down",
        "step_down",
        "good",
    ),
    constant(
        r"\b(?:snap(?:s|ping|ped)? (?:back|into extension|backwards?)|knees? (?:(?!doesnt|not|never)\w+ )?snaps?|hyperexten\w+|recurvatum|locks? (?:out )?back(?:wards?)?)\b",
        "snap_back",
        value=True,
    ),
    constant(
        r"\bstroke test negative\b|\b(?:eff(?:usion)?|stroke test)\W{0,2}(?:is |= ?)?(?:0\b(?!\.)|nil|none|neg\w*|-ve)",
        "effusion",
        value=False,
        deniable=False,
    ),
    constant(
        r"\b(?:effus\w+|eff\b|swollen knee|knee (?:is |was )?(?:swollen|puffy)|stroke test (?:positive|\+)|trace eff\w*)",
        "effusion",
        value=True,
    ),
    constant(
        r"\b(?:weak|short|underworking|poor|reduced) (?:\w+ )?(?:calf|gastrocnemius|plantar ?flexors?)|\bcalf (?:deficit|atrophy|wasting|shortfall)",
        "calf_deficit",
        value=True,
        askable=False,
    ),
    constant(
        r"\bcalf (?:is |was |looks |tests )?(?:very |clearly )?(?:weak\w*|underworking)",
        "calf_deficit",
        value=True,
        askable=False,
    ),
    constant(
        r"\b(?:no calf (?:deficit|weakness)|calf (?:strength )?(?:is |are |was |looks )?(?:not weak|strong|normal|equal|symmetrical|nad))\b",
        "calf_deficit",
        value=False,
        deniable=False,
        askable=False,
    ),
    constant(
        r"\b(?:pain (?:\w+ ){0,3}(?:gone|went|vanished|disappeared|eased) (?:straight ?away|instantly|at once|immediately|on the spot)|"
        r"pain[ -]free (?:straight ?away|instantly|at once|immediately|on the spot)|"
        r"(?:instant|immediate)(?:ly)? (?:\w+ )?(?:relief|pain[ -]free|better|improvement))",
        "instant_relief",
        value=True,
    ),
)
