"""The chat, and the only place that knows Gradio.

Gradio gives the input, the queue and the stream of events. What is shown is our own HTML (``rendering``), put in
place by our own script (``static/chat.js``), which receives one JSON message after another as the value of one
HTML component: ``welcome``, ``working``, ``answer`` or ``notice``.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import FastAPI

from assistant.desk import Desk
from assistant.pipeline import MAX_QUESTION_CHARS, QuestionError, checked
from assistant.records.errors import RecordsError
from guardrails.dismissing import DismissalError
from guardrails.types import Detail
from ui.api import CONVERSATION
from ui.conversations import Conversations, Reply, new_conversation
from ui.rendering import answered, notice, working
from ui.screens.visitors import Visitors
from ui.welcome import HEADER, PLACEHOLDER, SIDE, welcome

if TYPE_CHECKING:
    import gradio as gr

T = TypeVar("T")
AT_ONCE = 8  # chosen with a measurement of ours: eight users of a 1-s handler wait 1.2 s instead of 7.9 s
WAITING = 64  # chosen: more than a team; the next is told that the queue is full
LONGEST_SENT_CHARS = 20_000  # the page cuts what is sent after one more, as in static/chat.js
_LONGEST_TAP_CHARS = 400  # a pattern and a reason
_FAILED = "Counterpoint failed on this question. The terminal it runs in shows why; please report it."
_ADOPT = "window.counterpointScreens.adopt(element)"
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_SILENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_MCP_SERVER": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
_log = logging.getLogger(__name__)


def mount_chat(app: FastAPI, conversations: Conversations, visitors: Visitors) -> None:
    """Mount the chat at the root of `app`, after every other route."""
    os.environ.update(_SILENT)  # read by Gradio when it is imported, so before
    import gradio as gr
    from gradio.themes import Base

    gr.mount_gradio_app(
        app,
        _chat(conversations, visitors),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        show_error=False,
        max_file_size=1,
        theme=Base(font=_SYSTEM_FONTS, font_mono=("ui-monospace", "Consolas", "monospace")),
    )


def _chat(conversations: Conversations, visitors: Visitors) -> gr.Blocks:
    import gradio as gr

    with gr.Blocks(title="Counterpoint", analytics_enabled=False, fill_width=True) as chat:
        gr.HTML(HEADER, elem_id="cp-header", apply_default_css=False, js_on_load=_ADOPT)
        if visitors.are_kept:
            gr.HTML(SIDE, elem_id="cp-side", apply_default_css=False, js_on_load=_ADOPT)
        log = gr.HTML(
            first_screen(conversations),
            html_template='<div id="cp-log" role="log" aria-label="Conversation"></div>',
            js_on_load="window.counterpoint.attach(element, props, watch)",
            elem_id="cp-main",
            apply_default_css=False,
        )
        case = gr.Textbox("", visible=False, label="case")
        aside = gr.Textbox("", visible=False, label="aside")
        with gr.Column(elem_id="cp-composer"):
            _composer(conversations, visitors, log, case, aside)
        gr.HTML('<div id="cp-screen"></div>', elem_id="cp-elsewhere", apply_default_css=False, js_on_load=_ADOPT)
    return chat.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)


def _composer(
    conversations: Conversations, visitors: Visitors, log: gr.HTML, case: gr.Textbox, aside: gr.Textbox
) -> None:
    """Lay out the box and its buttons, and wire them to the log."""
    import gradio as gr

    box = gr.Textbox(
        label="Case or question", placeholder=PLACEHOLDER, lines=1, max_lines=8, elem_id="cp-box", container=False
    )
    with gr.Row(elem_id="cp-actions"):
        length = gr.Radio(
            [("Brief", "brief"), ("Full", "full")],
            value=conversations.assistant.settings.detail.value,
            label="Length of the answer",
            elem_id="cp-length",
            container=False,
        )
        commit = gr.Checkbox(
            value=False, label="Commit first", elem_id="cp-commit-first", container=False, visible=visitors.are_kept
        )
        fresh = gr.Button("New case", elem_id="cp-new")
        send = gr.Button("Ask", elem_id="cp-send", variant="primary")

    def reply(
        question: object, conversation: object, detail: object, tap: object, is_held: object, request: Any
    ) -> Iterator[tuple[str, str, Any]]:
        sent = Sent(
            question=question, conversation=conversation, detail=detail, tap=tap, is_held=is_held is True,
            desk=_desk(visitors, request),
        )  # fmt: skip
        for message, kept, is_answered in told(conversations, sent):
            # A tap asks something else than what stands in the box: that stays.
            yield message, kept, "" if is_answered and not tap else gr.skip()

    reply.__annotations__["request"] = gr.Request  # Gradio looks for the class itself

    asking = gr.on(
        [box.submit, send.click], reply, [box, case, length, aside, commit], [log, case, box],
        show_progress="hidden", concurrency_limit=AT_ONCE, trigger_mode="once", api_visibility="private",
        js="(...asked) => window.counterpoint.outgoing(asked)",
    )  # fmt: skip
    asking.failure(None, js="() => window.counterpoint.lost()")
    fresh.click(
        lambda: (first_screen(conversations), ""), None, [log, case],
        show_progress="hidden", api_visibility="private",
    )  # fmt: skip


def first_screen(conversations: Conversations) -> str:
    """Return the page's first message, told of the library in force."""
    return _message("welcome", welcome(conversations.assistant.snapshot.library))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came from a browser, or from anybody who speaks to the server: nothing about it is trusted.

    `tap` is what a button sent beside the question; `is_held` asks to hide the answer until the asker's own is there.
    """

    question: object
    conversation: object = None
    detail: object = None
    tap: object = ""
    is_held: bool = False
    desk: Desk | None = None


def told(conversations: Conversations, sent: Sent) -> Iterator[tuple[str, str, bool]]:
    """Yield what the page is told as a question is answered: message, conversation, whether it is the answer."""
    case = _conversation(sent.conversation)
    turn = new_conversation().replace("c-", "t-")
    tell = partial(_message, turn=turn, case=case)
    try:
        asked, length, aside = _question(sent.question), _detail(sent.detail), _dismissals(sent.tap)
        yield tell("working", working(asked, None)), case, False
        for step in _steps(lambda on_stage: conversations.reply(
            asked, conversation=case, detail=length, dismissals=aside, on_stage=on_stage, desk=sent.desk,
            is_held=sent.is_held,
        )):  # fmt: skip
            if isinstance(step, Reply):
                yield tell("answer", answered(step, is_held=sent.is_held)), case, True
            else:
                yield tell("working", working(asked, step)), case, False
    except (QuestionError, DismissalError, RecordsError) as error:
        yield tell("notice", notice(str(error))), case, False
    except Exception:  # noqa: BLE001 - the edge: a person is told in words, the terminal is shown why
        _log.exception("a question from the chat failed")
        yield tell("notice", notice(_FAILED)), case, False


def _desk(visitors: Visitors, request: Any) -> Desk | None:
    """Return the desk of whoever asks, None where nothing is kept."""
    return visitors.desk(request.request) if visitors.are_kept else None


def _steps(work: Callable[[Callable[[str], None]], T]) -> Iterator[str | T]:
    """Yield each stage that `work` reports while it runs, then what it returns."""
    stages: SimpleQueue[str | None] = SimpleQueue()
    with ThreadPoolExecutor(max_workers=1) as one:
        running = one.submit(work, stages.put)
        running.add_done_callback(lambda _: stages.put(None))
        while (stage := stages.get()) is not None:
            yield stage
        yield running.result()


def _message(kind: str, html: str, *, turn: str = "", case: str = "") -> str:
    return json.dumps({"kind": kind, "turn": turn or new_conversation(), "case": case, "html": html})


def _question(given: object) -> str:
    """Return what was typed as it may be read.

    Raises:
        QuestionError: empty, too long, or not text.
    """
    words = given if isinstance(given, str) else ""
    if len(words) > LONGEST_SENT_CHARS:
        most = f"{MAX_QUESTION_CHARS:,} characters"
        raise QuestionError(f"expected a question of at most {most}, got more than {LONGEST_SENT_CHARS:,}; shorten it")
    return checked(words)


def _conversation(given: object) -> str:
    """Return the conversation that the page is in, or a new one."""
    return given if isinstance(given, str) and re.fullmatch(CONVERSATION, given) else new_conversation()


def _detail(given: object) -> Detail | None:
    return Detail(given) if given in tuple(Detail) else None


def _dismissals(given: object) -> list[dict[str, Any]]:
    """Return the red flag that a tap set aside, as the API takes it; none where something else was tapped."""
    try:
        found = json.loads(given) if isinstance(given, str) and given and len(given) < _LONGEST_TAP_CHARS else None
    except json.JSONDecodeError:
        found = None
    return [found] if isinstance(found, dict) and "pattern" in found else []
