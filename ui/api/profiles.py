"""Who asks and who reviews."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path

from ui.api import desk_shapes as shapes
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.who import DeskHere

router = APIRouter(prefix="/api/v1", tags=["profiles"], route_class=TaggedRoute)
ProfileInPath = Annotated[str, Path(pattern="^p-[0-9a-f]{32}$", description="the id of a profile")]


@router.get("/profiles", operation_id="listProfiles", summary="List profiles",
            responses={200: answered(shown="profiles"), **problems(401, 422, 503)})  # fmt: skip
def list_profiles(desk: DeskHere, window: WindowHere) -> shapes.ProfilePage:
    """List the people who use this installation, by name; send an id as `Counterpoint-Profile` to ask as that one."""
    return shapes.ProfilePage(**window.cut(desk.profiles(), shapes.ProfileShown.of))


@router.get("/profile", operation_id="readCurrentProfile", summary="Tell as whom one asks",
            responses={200: answered(shown="profile"), **problems(401, 404, 503)})  # fmt: skip
def read_current(desk: DeskHere) -> shapes.ProfileShown:
    """Return the profile that came with the request, as header or cookie."""
    if desk.profile is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "no profile came with the request; you ask as nobody")
    return shapes.ProfileShown.of(desk.profile)


@router.post("/profiles", operation_id="addProfile", summary="Add a profile", status_code=HTTPStatus.CREATED,
             responses={201: answered(shown="profile"), **problems(401, 413, 422, 503)})  # fmt: skip
def add_profile(added: shapes.ProfileAdded, desk: DeskHere) -> shapes.ProfileShown:
    """Add a person: a name that tells them apart, physio or mentor, and the school they follow if any."""
    return shapes.ProfileShown.of(desk.add_profile(added.name, added.role, added.school))


@router.delete("/profiles/{profile_id}", operation_id="retireProfile", summary="Retire a profile",
               status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 422, 503))  # fmt: skip
def retire_profile(profile_id: ProfileInPath, desk: DeskHere) -> None:
    """Take a person off the list; their cases and reviews stay and go on naming them."""
    desk.retire_profile(profile_id)
