"""What each measure is worked out from, as it comes over HTTP; units stand in the names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from corpus.measures.heel_rise import heel_rise
from corpus.measures.hop_battery import hop_battery
from corpus.measures.knee_rules import ottawa_knee, pittsburgh_knee
from corpus.measures.knee_to_wall import knee_to_wall
from corpus.measures.koos import Subscale, koos_change
from corpus.measures.nprs import nprs_change
from corpus.measures.step_down import KneeAt, step_down
from corpus.measures.symmetry import symmetry
from corpus.measures.types import Result, Sex
from corpus.measures.wells_dvt import WellsCriteria, wells_dvt

Age = Annotated[int, Field(ge=0, le=120, description="years; each measure says for which ages it holds")]
Count = Annotated[int | None, Field(ge=0, le=1_000, description="single-leg rises; leave out a side not tested")]
Percent = Annotated[FiniteFloat | None, Field(ge=0, le=200, description="per cent of the other side")]
Points = Annotated[FiniteFloat, Field(ge=0, le=100, description="0 (worst) to 100")]
Pain = Annotated[FiniteFloat, Field(ge=0, le=10, description="0 (none) to 10")]


class Inputs(BaseModel):
    """The inputs of one measure; what was not found or not tested is left out."""

    model_config = ConfigDict(extra="forbid")
    name: ClassVar[str]
    about: ClassVar[str]
    sample: ClassVar[Mapping[str, object]]

    @abstractmethod
    def result(self) -> Result:
        """Return the measure worked out.

        Raises:
            OutOfRangeError: it does not hold for these values; the message names the range.
        """


class HeelRise(Inputs):
    """Single-leg heel rises to fatigue, knee straight."""

    name = "heel-rise"
    about = "Compare single-leg heel rises with the norm for age and sex."
    sample: ClassVar = {"age_years": 34, "sex": "male", "left": 14, "right": 27}
    age_years: Age
    sex: Sex = Field(description="whose norm applies")
    left: Count = None
    right: Count = None

    def result(self) -> Result:
        """Return the rises against the norm."""
        return heel_rise(age_years=self.age_years, sex=self.sex, left=self.left, right=self.right)


class Symmetry(Inputs):
    """Any two-sided test."""

    name = "lsi"
    about = "Work out the limb symmetry index of any two-sided test."
    sample: ClassVar = {"involved": 118, "other": 142}
    involved: FiniteFloat = Field(description="the affected or operated side")
    other: FiniteFloat = Field(description="the other side, same test, same unit")
    is_time: bool = Field(default=False, description="the values are times: less is better")

    def result(self) -> Result:
        """Return the index."""
        return symmetry(self.involved, self.other, more_is_better=not self.is_time)


class KneeToWall(Inputs):
    """The weight-bearing lunge."""

    name = "knee-to-wall"
    about = "Compare the side difference of the knee-to-wall lunge with its measurement error."
    sample: ClassVar = {"left_cm": 8, "right_cm": 11.5}
    left_cm: FiniteFloat = Field(description="great toe to wall, left, cm")
    right_cm: FiniteFloat = Field(description="the same, right, cm")

    def result(self) -> Result:
        """Return the difference against the error."""
        return knee_to_wall(left_cm=self.left_cm, right_cm=self.right_cm)


class StepDown(Inputs):
    """The lateral step-down, as seen."""

    name = "step-down"
    about = "Score the lateral step-down."
    sample: ClassVar = {"trunk": True, "pelvis": True, "knee": "inside-foot"}
    arm: bool = Field(default=False, description="a hand leaves the waist")
    trunk: bool = Field(default=False, description="the trunk leans in any direction")
    pelvis: bool = Field(default=False, description="the pelvis leaves the horizontal")
    knee: KneeAt = Field(default=KneeAt.OVER_FOOT, description="where the tibial tuberosity goes")
    unsteady: bool = Field(default=False, description="steps down on the other limb, or the foot wavers")

    def result(self) -> Result:
        """Return the score."""
        return step_down(
            arm=self.arm, trunk=self.trunk, pelvis=self.pelvis, knee=self.knee, unsteady=self.unsteady
        )  # fmt: skip


class HopBattery(Inputs):
    """Hops and quadriceps strength, each in per cent of the other side."""

    name = "hop-battery"
    about = "Hold hops and quadriceps strength to the return-to-sport criteria."
    sample: ClassVar = {"single": 83, "triple": 91, "crossover": 93, "quadriceps": 84}
    single: Percent = None
    triple: Percent = None
    crossover: Percent = None
    timed: Percent = Field(default=None, description="per cent, turned round so that more is better")
    side: Percent = None
    vertical: Percent = None
    quadriceps: Percent = None

    def result(self) -> Result:
        """Return which criteria are met."""
        return hop_battery(self.model_dump(exclude_none=True))


class Wells(Inputs):
    """The criteria of the two-level Wells score; one left out counts as no."""

    name = "wells-dvt"
    about = "Add up the two-level Wells score for a suspected clot."
    sample: ClassVar = {"bedridden_or_surgery": True, "pitting_oedema": True, "age_years": 46}
    active_cancer: bool = Field(default=False, description="treated within 6 months, or palliative")
    paralysis_or_plaster: bool = Field(default=False, description="paralysis, or a recent plaster of the leg")
    bedridden_or_surgery: bool = Field(
        default=False, description="3 days or more in bed, or major surgery under anaesthesia within 12 weeks"
    )
    deep_vein_tenderness: bool = Field(default=False, description="tenderness along the deep veins")
    entire_leg_swollen: bool = False
    calf_swelling: bool = Field(default=False, description="the calf is at least 3 cm larger than the other")
    pitting_oedema: bool = Field(default=False, description="pitting oedema of that leg alone")
    collateral_veins: bool = Field(default=False, description="collateral superficial veins, not varicose")
    previous_dvt: bool = False
    alternative_diagnosis: bool = Field(default=False, description="another diagnosis is at least as likely")
    age_years: Age | None = Field(default=None, description="years; the score is for adults")
    pregnant: bool = Field(default=False, description="pregnant, or in the weeks after birth")

    def result(self) -> Result:
        """Return the score."""
        criteria = WellsCriteria(**self.model_dump(exclude={"age_years", "pregnant"}))
        return wells_dvt(criteria, age_years=self.age_years, pregnant=self.pregnant)


class Ottawa(Inputs):
    """The criteria of the Ottawa knee rule; one left out counts as no."""

    name = "ottawa-knee"
    about = "Ask the Ottawa rule whether an acute knee injury needs an X-ray."
    sample: ClassVar = {"age_years": 41, "fibular_head_tender": True}
    age_years: Age
    fibular_head_tender: bool = False
    only_patella_tender: bool = Field(default=False, description="the kneecap is tender and no other bone")
    cannot_flex_90: bool = Field(default=False, description="the knee does not bend to 90 degrees")
    cannot_take_four_steps: bool = Field(default=False, description="neither at once nor now")

    def result(self) -> Result:
        """Return whether the rule asks for an X-ray."""
        return ottawa_knee(**self.model_dump())


class Pittsburgh(Inputs):
    """The criteria of the Pittsburgh knee rule; one left out counts as no."""

    name = "pittsburgh-knee"
    about = "Ask the Pittsburgh rule whether an acute knee injury needs an X-ray."
    sample: ClassVar = {"age_years": 63, "fall_or_blunt_trauma": True}
    age_years: Age
    fall_or_blunt_trauma: bool = False
    cannot_take_four_steps: bool = False

    def result(self) -> Result:
        """Return whether the rule asks for an X-ray."""
        return pittsburgh_knee(**self.model_dump())


class KoosChange(Inputs):
    """One KOOS subscale, before and after."""

    name = "koos-change"
    about = "Hold a change of one KOOS subscale to the minimal important change."
    sample: ClassVar = {"before": 48, "after": 66, "condition": "oa", "subscale": "pain"}
    before: Points
    after: Points
    condition: Literal["oa", "tka", "aclr", "meniscal-repair", "pfp"]
    subscale: Subscale = Field(description="each is judged on its own; the sources give not every pair")

    def result(self) -> Result:
        """Return the change against the minimal important one."""
        return koos_change(self.before, self.after, condition=self.condition, subscale=self.subscale)


class PainChange(Inputs):
    """Pain in numbers, before and after."""

    name = "nprs-change"
    about = "Hold a change of pain to the published important changes."
    sample: ClassVar = {"before": 6, "after": 4.5, "condition": "pfp"}
    before: Pain
    after: Pain
    condition: Literal["pfp", "oa", "chronic"]

    def result(self) -> Result:
        """Return the change against the important one."""
        return nprs_change(self.before, self.after, condition=self.condition)


MEASURES: tuple[type[Inputs], ...] = (
    HeelRise, Symmetry, KneeToWall, StepDown, HopBattery, Wells, Ottawa, Pittsburgh, KoosChange, PainChange,
)  # fmt: skip
"""Every measure that computes."""
