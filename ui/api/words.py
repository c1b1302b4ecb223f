"""Ids and words as they may come in: checked or cleaned before anything else sees them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints
from starlette.convertors import StringConvertor, register_url_convertor

from assistant.records.validating import clean_text

CONVERSATION = r"^[A-Za-z0-9_-]{1,64}$"
ANSWER = r"^a-[0-9a-f]{1,64}$"
ENTRY = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}$"
PASSAGE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}:[A-Za-z0-9_.-]{1,40}$"

LONGEST_SEARCH = 400  # chosen: longer than any sentence that is looked for

Clean = AfterValidator(clean_text)
"""Lone surrogates and NUL become U+FFFD: no database takes them."""


class Dotless(StringConvertor):
    """A part of a path that ends at a dot, so that a case and its files are two things with methods of their own."""

    regex = "[^/.]+"


register_url_convertor("dotless", Dotless())

ConversationId = Annotated[str, StringConstraints(pattern=CONVERSATION)]
AnswerId = Annotated[str, StringConstraints(pattern=ANSWER)]
AnswerInPath = Annotated[
    str, Path(pattern=ANSWER, description="the `id` of an answer", examples=["a-0f1e2d3c4b5a69788796"])
]
ConversationInPath = Annotated[
    str, Path(pattern=CONVERSATION, description="the id of a conversation", examples=["c-1f2e"])
]
EntryInPath = Annotated[str, Path(pattern=ENTRY, description="the id of an entry of the library")]
PassageInPath = Annotated[
    str,
    Path(
        pattern=PASSAGE, description="the id of a passage: its source's, a colon, its own", examples=["leppanen-2024:1"]
    ),
]
FormInPath = Annotated[Literal["json", "md", "pdf"], Path(description="JSON, Markdown, or PDF for the record")]
Search = Annotated[str, Field(max_length=LONGEST_SEARCH), Clean]
