"""The table of readers: what is read from a case, by person, place, pain, history and tests."""

from __future__ import annotations

from assistant.readers import Reader
from assistant.reading.complaint import PAIN, PLACE
from assistant.reading.history import HISTORY
from assistant.reading.person import PERSON
from assistant.reading.surgery import SURGERY
from assistant.reading.tested import TESTED

READERS: tuple[Reader, ...] = (*PERSON, *PLACE, *PAIN, *HISTORY, *SURGERY, *TESTED)
"""In the order in which they are tried; of two that read one fact the first holds."""
