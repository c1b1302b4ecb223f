"""Choosing who one is: a name, a role, a school if any."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from ui.conversations import Conversations
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors, remember


def build_profiles(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the badge in the header, the list to choose from, and what a choice does."""
    router = APIRouter(prefix="/profiles", route_class=ScreenRoute)

    def listed(request: Request, chosen_id: str | None = None) -> Response:
        desk = visitors.desk(request)
        schools = conversations.assistant.snapshot.library.viewpoint_by_id
        chosen = chosen_id or (desk.profile.id if desk.profile else None)
        return page("profiles.html", profiles=desk.profiles(), chosen=chosen, schools=schools)

    @router.get("/badge")
    def badge(request: Request) -> Response:
        return page("badge.html", profile=visitors.desk(request).profile)

    @router.get("")
    def everyone(request: Request) -> Response:
        return listed(request)

    @router.post("")
    def add(
        request: Request,
        name: Annotated[str, Form(max_length=80)],
        role: Annotated[str, Form(max_length=20)],
        school: Annotated[str, Form(max_length=80)] = "",
    ) -> Response:
        profile = visitors.desk(request).add_profile(name, role, school or None)
        response = listed(request, profile.id)
        remember(response, profile)
        response.headers["HX-Trigger"] = "cp-profile"
        return response

    @router.post("/chosen")
    def choose(request: Request, profile: Annotated[str, Form(max_length=80)] = "") -> Response:
        found = next((p for p in visitors.desk(request).profiles() if p.id == profile), None)
        response = listed(request, found.id if found else "")
        remember(response, found)
        response.headers["HX-Trigger"] = "cp-profile"
        return response

    return router
