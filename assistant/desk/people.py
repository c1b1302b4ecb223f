"""The profiles of an installation."""

from __future__ import annotations

import re
import uuid

from assistant.desk.access import Action, Thing
from assistant.desk.sitting import Sitting
from assistant.records.errors import BadRecordError, NotFoundError
from assistant.records.people import insert_profile, retire_profile, select_profile, select_profiles
from assistant.records.review_types import Profile, Role
from assistant.records.store import Records
from assistant.records.validating import LONGEST_TITLE_CHARS, clean_text

_SCHOOL = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ID = re.compile(r"p-[0-9a-f]{32}")


def profiles(sitting: Sitting) -> tuple[Profile, ...]:
    """Return the profiles that can be chosen, by name."""
    with sitting.records.reading() as connection:
        return select_profiles(connection)


def find(records: Records, profile_id: str | None) -> Profile | None:
    """Return the profile of that id; None where there is none, where it is retired, or where it is no id at all."""
    if profile_id is None or not _ID.fullmatch(profile_id):
        return None
    with records.reading() as connection:
        found = select_profile(connection, profile_id)
    return None if found is None or found.retired_at is not None else found


def add(sitting: Sitting, name: str, role: Role | str, school: str | None) -> Profile:
    """Make a profile and return it.

    Raises:
        BadRecordError: no name, one that is too long or taken, an unknown role, a school that is no id.
    """
    sitting.require(Action.ADD_PROFILE)
    made = Profile(
        id=f"p-{uuid.uuid4().hex}",
        name=_name(name),
        role=_role(role),
        school=_school(school),
        created_at=sitting.now(),
    )
    with sitting.records.writing() as connection:
        if any(found.name.casefold() == made.name.casefold() for found in select_profiles(connection)):
            raise BadRecordError(f"there is a profile {made.name} already; add an initial to tell the two apart")
        insert_profile(connection, made)
    return made


def retire(sitting: Sitting, profile_id: str) -> None:
    """Take a profile off the list; its cases and reviews stay.

    Raises:
        NotAllowedError: neither one's own nor a mentor's to retire.
        NotFoundError: there is none.
    """
    with sitting.records.writing() as connection:
        if select_profile(connection, profile_id) is None:
            raise NotFoundError(f"there is no profile {profile_id[:60]}")
        sitting.require(Action.RETIRE_PROFILE, Thing(owner_id=profile_id))
        retire_profile(connection, profile_id, sitting.now())


def _name(text: object) -> str:
    words = " ".join(clean_text(text).split()) if isinstance(text, str) else ""
    if not words or len(words) > LONGEST_TITLE_CHARS or not words.isprintable():
        raise BadRecordError(f"a profile's name: expected 1 to {LONGEST_TITLE_CHARS} characters, such as Ana Petrova")
    return words


def _role(role: object) -> Role:
    try:
        return Role(str(role))
    except ValueError:
        raise BadRecordError(f"a profile's role: expected physio or mentor, got {str(role)[:40]!r}") from None


def _school(school: object) -> str | None:
    if school is None or school == "":
        return None
    if not isinstance(school, str) or not _SCHOOL.fullmatch(school):
        raise BadRecordError(
            f"a profile's school: expected a school's id such as whole-chain, got {str(school)[:40]!r}"
        )
    return school
