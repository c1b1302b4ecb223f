"""The table of rules, every cell of it, and what a refusal says."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from assistant.desk.access import RULES, Action, NotAllowedError, Standing, Thing, Whose, may, require
from assistant.records.review_types import Profile, Role

AT = datetime(2026, 11, 23, tzinfo=UTC)


def a_profile(role: Role, **changed: object) -> Profile:
    return Profile(id="p-me", name="Me", role=role, school=None, created_at=AT, **changed)


PEOPLE = {Standing.NOBODY: None, Standing.PHYSIO: a_profile(Role.PHYSIO), Standing.MENTOR: a_profile(Role.MENTOR)}
THINGS = {
    Whose.NOBODYS: Thing(),
    Whose.OWN: Thing(owner_id="p-me"),
    Whose.ANOTHERS: Thing(owner_id="p-other"),
    Whose.QUEUED: Thing(owner_id="p-other", is_queued=True),
}

# One row an action; per person what they may do it to: n nobody's, o their own, a another's, q another's in the queue.
# Without a profile nothing is one's own: what belongs to "me" is another's then.
EXPECTED = {
    #                          nobody  physio  mentor
    Action.ADD_PROFILE: ("noaq", "noaq", "noaq"),
    Action.RETIRE_PROFILE: ("", "o", "noaq"),
    Action.READ_CASE: ("n", "no", "noq"),
    Action.ASK_IN_CASE: ("n", "no", "no"),
    Action.CHANGE_CASE: ("n", "no", "no"),
    Action.GIVE_FEEDBACK: ("n", "no", "noq"),
    Action.COMMIT: ("n", "no", "no"),
    Action.KEEP_RESULT: ("n", "no", "no"),
    Action.SEND_TO_MENTOR: ("", "no", "no"),
    Action.READ_QUEUE: ("", "", "noaq"),
    Action.READ_ITEM: ("", "no", "noaq"),
    Action.REVIEW: ("", "", "naq"),
    Action.COMMENT: ("", "no", "noaq"),
    Action.READ_APPROVALS: ("noaq", "noaq", "noaq"),
    Action.READ_DIGEST: ("", "noaq", "noaq"),
    Action.READ_STATISTICS: ("", "", "noaq"),
    Action.TAKE_OUT: ("", "", "noaq"),
    Action.CHANGE_LIBRARY: ("", "", "noaq"),
}
CELLS = list(product(Action, Standing, Whose))


@pytest.mark.parametrize(("action", "who", "whose"), CELLS, ids=[" ".join(cell) for cell in CELLS])
def test_each_cell_of_the_table_is_as_expected(action: Action, who: Standing, whose: Whose):
    expected = whose.value[0] in EXPECTED[action][list(Standing).index(who)]
    assert may(PEOPLE[who], action, THINGS[whose]) is expected
    if expected:
        require(PEOPLE[who], action, THINGS[whose])
    else:
        with pytest.raises(NotAllowedError, match="[a-z]"):
            require(PEOPLE[who], action, THINGS[whose])


def test_each_action_has_a_rule():
    assert set(RULES) == set(Action) == set(EXPECTED)


@pytest.mark.parametrize("action", Action)
def test_a_retired_profile_counts_as_none(action: Action):
    retired = a_profile(Role.MENTOR, retired_at=AT)
    for thing in THINGS.values():
        assert may(retired, action, thing) is may(None, action, thing)


@pytest.mark.parametrize(
    ("who", "action", "thing", "said"),
    [
        (
            Standing.PHYSIO,
            Action.REVIEW,
            Thing(owner_id="p-other"),
            "a physio cannot review; choose a mentor's profile",
        ),
        (Standing.MENTOR, Action.REVIEW, Thing(owner_id="p-me"), "your own answer, and nobody reviews their own"),
        (Standing.NOBODY, Action.SEND_TO_MENTOR, Thing(), "choose a profile first"),
        (Standing.PHYSIO, Action.READ_CASE, Thing(owner_id="p-other"), "belongs to another profile"),
    ],
)
def test_a_refusal_says_what_to_do_instead(who: Standing, action: Action, thing: Thing, said: str):
    with pytest.raises(NotAllowedError, match=said):
        require(PEOPLE[who], action, thing)
