"""``counterpoint measure``: one command for each measure that computes."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from corpus.errors import OutOfRangeError
from corpus.measures.heel_rise import heel_rise
from corpus.measures.hop_battery import TESTS, hop_battery
from corpus.measures.knee_rules import ottawa_knee, pittsburgh_knee
from corpus.measures.knee_to_wall import knee_to_wall
from corpus.measures.koos import Subscale, koos_change
from corpus.measures.nprs import nprs_change
from corpus.measures.step_down import KneeAt, step_down
from corpus.measures.symmetry import symmetry, symmetry_index
from corpus.measures.types import Result, Sex
from corpus.measures.wells_dvt import WellsCriteria, wells_dvt

measure_app = typer.Typer(
    no_args_is_help=True, help="Work out a test or score, with its error, its limits and its sources."
)
AsJson = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
Age = Annotated[int, typer.Option(help="Years.")]
_TIMED = "timed"


def _print(result: Result, *, as_json: bool) -> None:
    from assistant.settings import Settings
    from corpus.library import read_library
    from ui.measured import to_json, to_lines

    library = read_library(Settings().index.folders)
    if as_json:
        print(json.dumps(to_json(result, library), ensure_ascii=False, indent=2))
    else:
        print("\n".join(to_lines(result, library)))


def _yes(name: str, text: str) -> typer.models.OptionInfo:
    """Return a flag that means yes; left out it means no."""
    return typer.Option(name, help=text)


@measure_app.command("heel-rise")
def measure_heel_rise(
    *,
    age: Age,
    sex: Annotated[Sex, typer.Option(help="Whose norm applies.")],
    left: Annotated[int | None, typer.Option(help="Single-leg rises, left.")] = None,
    right: Annotated[int | None, typer.Option(help="Single-leg rises, right.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare single-leg heel rises with the norm for age and sex.

    Example: counterpoint measure heel-rise --age 34 --sex male --left 14 --right 27
    """
    _print(heel_rise(age_years=age, sex=sex, left=left, right=right), as_json=as_json)


@measure_app.command("lsi")
def measure_lsi(
    *,
    involved: Annotated[float, typer.Option(help="The affected or operated side.")],
    other: Annotated[float, typer.Option(help="The other side, same test, same unit.")],
    is_time: Annotated[bool, _yes("--time", "The values are times: less is better.")] = False,
    as_json: AsJson = False,
) -> None:
    """Work out the limb symmetry index of any two-sided test.

    Example: counterpoint measure lsi --involved 118 --other 142
    """
    _print(symmetry(involved, other, more_is_better=not is_time), as_json=as_json)


@measure_app.command("knee-to-wall")
def measure_knee_to_wall(
    *,
    left: Annotated[float, typer.Option(help="Great toe to wall, left, cm.")],
    right: Annotated[float, typer.Option(help="The same, right, cm.")],
    as_json: AsJson = False,
) -> None:
    """Compare the side difference of the knee-to-wall lunge with its measurement error.

    Example: counterpoint measure knee-to-wall --left 8 --right 11.5
    """
    _print(knee_to_wall(left_cm=left, right_cm=right), as_json=as_json)


@measure_app.command("step-down")
def measure_step_down(
    *,
    arm: Annotated[bool, _yes("--arm", "A hand leaves the waist.")] = False,
    trunk: Annotated[bool, _yes("--trunk", "The trunk leans in any direction.")] = False,
    pelvis: Annotated[bool, _yes("--pelvis", "The pelvis leaves the horizontal.")] = False,
    knee: Annotated[KneeAt, typer.Option(help="Where the tibial tuberosity goes.")] = KneeAt.OVER_FOOT,
    unsteady: Annotated[bool, _yes("--unsteady", "Steps down on the other limb, or the foot wavers.")] = False,
    as_json: AsJson = False,
) -> None:
    """Score the lateral step-down.

    Example: counterpoint measure step-down --trunk --pelvis --knee inside-foot
    """
    _print(step_down(arm=arm, trunk=trunk, pelvis=pelvis, knee=knee, unsteady=unsteady), as_json=as_json)


Hop = Annotated[str | None, typer.Option(help="Per cent of the other side, or INVOLVED/OTHER.")]


@measure_app.command("hop-battery")
def measure_hop_battery(
    *,
    single: Hop = None,
    triple: Hop = None,
    crossover: Hop = None,
    timed: Annotated[str | None, typer.Option(help="Per cent, or seconds INVOLVED/OTHER, turned round.")] = None,
    side: Hop = None,
    vertical: Hop = None,
    quadriceps: Hop = None,
    as_json: AsJson = False,
) -> None:
    """Hold hops and quadriceps strength to the return-to-sport criteria.

    Example: counterpoint measure hop-battery --single 118/142 --triple 91 --crossover 93 --quadriceps 84
    """
    typed = dict(zip(TESTS, (single, triple, crossover, timed, side, vertical, quadriceps), strict=True))
    given = {name: _symmetry_of(name, text) for name, text in typed.items() if text is not None}
    _print(hop_battery(given), as_json=as_json)


def _symmetry_of(name: str, text: str) -> float:
    """Return the symmetry in per cent that was typed as such or as INVOLVED/OTHER."""
    first, slash, second = text.partition("/")
    try:
        numbers = [float(first), *([float(second)] if slash else [])]
    except ValueError:
        raise OutOfRangeError(
            f"--{name}: expected per cent or INVOLVED/OTHER, such as 84 or 118/142; got {text!r}"
        ) from None
    if len(numbers) == 1:
        return numbers[0]
    return round(symmetry_index(numbers[0], numbers[1], more_is_better=name != _TIMED), 1)


@measure_app.command("wells-dvt")
def measure_wells_dvt(  # noqa: PLR0913 - one flag a criterion
    *,
    active_cancer: Annotated[bool, _yes("--active-cancer", "Treated within 6 months, or palliative.")] = False,
    paralysis: Annotated[bool, _yes("--paralysis-or-plaster", "Paralysis, or a recent plaster of the leg.")] = False,
    bed: Annotated[
        bool, _yes("--bed-or-surgery", "3 days or more in bed, or major surgery under anaesthesia within 12 weeks.")
    ] = False,
    tender: Annotated[bool, _yes("--deep-vein-tenderness", "Tenderness along the deep veins.")] = False,
    leg: Annotated[bool, _yes("--entire-leg-swollen", "The whole leg is swollen.")] = False,
    calf: Annotated[bool, _yes("--calf-swelling", "The calf is at least 3 cm larger than the other.")] = False,
    pitting: Annotated[bool, _yes("--pitting-oedema", "Pitting oedema of that leg alone.")] = False,
    veins: Annotated[bool, _yes("--collateral-veins", "Collateral superficial veins, not varicose.")] = False,
    previous: Annotated[bool, _yes("--previous-dvt", "An earlier DVT.")] = False,
    alternative: Annotated[
        bool, _yes("--alternative-diagnosis", "Another diagnosis is at least as likely (takes off 2).")
    ] = False,
    age: Annotated[int | None, typer.Option(help="Years; the score is for adults.")] = None,
    pregnant: Annotated[bool, _yes("--pregnant", "Pregnant, or in the weeks after birth.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add up the two-level Wells score for a suspected clot; a flag left out counts as no.

    Example: counterpoint measure wells-dvt --bed-or-surgery --pitting-oedema --age 46
    """
    criteria = WellsCriteria(
        active_cancer=active_cancer,
        paralysis_or_plaster=paralysis,
        bedridden_or_surgery=bed,
        deep_vein_tenderness=tender,
        entire_leg_swollen=leg,
        calf_swelling=calf,
        pitting_oedema=pitting,
        collateral_veins=veins,
        previous_dvt=previous,
        alternative_diagnosis=alternative,
    )
    _print(wells_dvt(criteria, age_years=age, pregnant=pregnant), as_json=as_json)


NoSteps = Annotated[bool, _yes("--no-four-steps", "Four steps are not managed (Ottawa: neither at once nor now).")]


@measure_app.command("ottawa-knee")
def measure_ottawa_knee(
    *,
    age: Age,
    fibula: Annotated[bool, _yes("--fibular-head", "The head of the fibula is tender.")] = False,
    patella: Annotated[bool, _yes("--patella-only", "The kneecap is tender and no other bone.")] = False,
    flexion: Annotated[bool, _yes("--no-flexion-90", "The knee does not bend to 90 degrees.")] = False,
    steps: NoSteps = False,
    as_json: AsJson = False,
) -> None:
    """Ask the Ottawa rule whether an acute knee injury needs an X-ray; a flag left out counts as no.

    Example: counterpoint measure ottawa-knee --age 41 --fibular-head
    """
    found = ottawa_knee(
        age_years=age,
        fibular_head_tender=fibula,
        only_patella_tender=patella,
        cannot_flex_90=flexion,
        cannot_take_four_steps=steps,
    )
    _print(found, as_json=as_json)


@measure_app.command("pittsburgh-knee")
def measure_pittsburgh_knee(
    *,
    age: Age,
    fall: Annotated[bool, _yes("--fall-or-blunt-trauma", "It came by a fall or blunt trauma.")] = False,
    steps: NoSteps = False,
    as_json: AsJson = False,
) -> None:
    """Ask the Pittsburgh rule whether an acute knee injury needs an X-ray; a flag left out counts as no.

    Example: counterpoint measure pittsburgh-knee --age 63 --fall-or-blunt-trauma
    """
    found = pittsburgh_knee(age_years=age, fall_or_blunt_trauma=fall, cannot_take_four_steps=steps)
    _print(found, as_json=as_json)


@measure_app.command("koos-change")
def measure_koos_change(
    *,
    before: Annotated[float, typer.Option(help="Points at the start, 0 to 100.")],
    after: Annotated[float, typer.Option(help="Points now, 0 to 100.")],
    condition: Annotated[str, typer.Option(help="oa, tka, aclr, meniscal-repair or pfp.")],
    subscale: Annotated[Subscale, typer.Option(help="Each subscale is judged on its own.")],
    as_json: AsJson = False,
) -> None:
    """Hold a change of one KOOS subscale to the minimal important change.

    Example: counterpoint measure koos-change --before 48 --after 66 --condition oa --subscale pain
    """
    _print(koos_change(before, after, condition=condition, subscale=subscale), as_json=as_json)


@measure_app.command("nprs-change")
def measure_nprs_change(
    *,
    before: Annotated[float, typer.Option(help="Pain at the start, 0 to 10.")],
    after: Annotated[float, typer.Option(help="Pain now, 0 to 10.")],
    condition: Annotated[str, typer.Option(help="pfp, oa or chronic.")],
    as_json: AsJson = False,
) -> None:
    """Hold a change of pain to the published important changes.

    Example: counterpoint measure nprs-change --before 6 --after 4.5 --condition pfp
    """
    _print(nprs_change(before, after, condition=condition), as_json=as_json)
