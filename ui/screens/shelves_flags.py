"""The red flags: what each looks for, what makes it stop an answer, what to do, and where that comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Response

from corpus.types import Action, RedFlag
from ui.screens.fragments import page
from ui.screens.shelves_catalogue import Catalogue
from ui.screens.shelves_cues import examples, vocabulary
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import missing, tools

SHOWN = 8  # chosen: enough to see what is meant; the rest opens
ACTIONS = {
    Action.EMERGENCY: ("Emergency", "Stops the answer: send the person now."),
    Action.URGENT_REFERRAL: ("Urgent referral", "Stops the answer: refer the same day."),
    Action.REFER: ("Refer", "Heads the answer."),
    Action.MONITOR: ("Watch", "Heads the answer."),
}


def build_flags(catalogue: Callable[[], Catalogue]) -> APIRouter:
    """Return the routes of the list, and of one flag within it."""
    router = APIRouter(prefix="/red-flags", route_class=ShelfRoute)

    @router.get("")
    def flags() -> Response:
        library = catalogue().library
        by_action = {
            action: sorted((f for f in library.red_flags if f.action is action), key=lambda f: f.name.lower())
            for action in ACTIONS
        }
        groups = [(action, ACTIONS[action], found) for action, found in by_action.items() if found]
        parts = [(f"cp-part-{action}", f"{name} {len(flags)}") for action, (name, _), flags in groups]
        return page("library/flags.html", groups=groups, parts=parts, total=len(library.red_flags), **tools(library))

    @router.get("/{flag_id}")
    def flag(flag_id: str) -> Response:
        library = catalogue().library
        by_id = {f.id: f for f in library.red_flags}
        if flag_id not in by_id:
            raise missing("red flag", flag_id, by_id, "#/library/red-flags/")
        found = by_id[flag_id]
        return page(
            "library/flag.html", flag=found, does=ACTIONS[found.action], most=SHOWN, pairs=combined(found),
            words=plain, spoken=partial(examples, known=vocabulary(library.red_flags)),
            cites=[p for p in found.cites if p in library.passages], **tools(library),
        )  # fmt: skip

    return router


def combined(flag: RedFlag) -> list[list[str]]:
    """Return the combinations of weak signs that count, each sign by its name in words."""
    return [[plain(name) for name in combination] for combination in flag.combinations]


def plain(name: str) -> str:
    """Return the name of a sign as words.

    >>> plain("calf_pain")
    'calf pain'
    """
    return name.replace("_", " ").replace("-", " ")
