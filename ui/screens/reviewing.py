"""Reviews by mentors: the queue, one answer after another, and what the reviews come to.

==========================  ==============================================================
module                      holds
==========================  ==============================================================
`reviewing_words`           what states and verdicts are called, how a moment is written
`reviewing_path`            the two-minute path: what is asked about, and why
`reviewing_answer`          an answer laid out: sentences left, passages right
`reviewing_form`            what was filled in, and what is lacking
`reviewing_differences`     a corrected text beside the old, one review beside the other
`reviewing_queue`           the queue, for mentors; what they sent, for physios
`reviewing_view`            what the screen of one answer shows to whom
`reviewing_item`            its routes
`reviewing_figures`         what the reviews come to: agreement, the week, approvals, files to take away
==========================  ==============================================================
"""

from __future__ import annotations

from fastapi import APIRouter

from ui.conversations import Conversations
from ui.screens.reviewing_figures import build_figures
from ui.screens.reviewing_item import build_item
from ui.screens.reviewing_queue import build_queue
from ui.screens.visitors import Visitors


def build_reviewing(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes below ``/review``; the fixed names come before the numbers of items."""
    router = APIRouter()
    router.include_router(build_queue(conversations, visitors))
    router.include_router(build_figures(conversations, visitors))
    router.include_router(build_item(conversations, visitors))
    return router
