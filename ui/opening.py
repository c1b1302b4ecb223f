"""The assistant of a command: settings in force, and a progress bar while an index is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.door import Assistant


def opened_assistant(model: str | None = None) -> Assistant:
    """Return an assistant over the library in force; `model` drafts instead of the one that the settings name."""
    from assistant.door import Assistant
    from assistant.settings import Settings
    from ui.progress import terminal_progress

    settings = Settings() if model is None else Settings(model=model)
    with terminal_progress() as progress:
        return Assistant(settings, progress=progress)
