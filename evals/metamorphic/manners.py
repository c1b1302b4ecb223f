"""What people write around a question: a greeting, a thank-you, something that has nothing to do with it."""

from __future__ import annotations

from random import Random

_GREETINGS = (
    "Hi, hope you are having a good day.",
    "Good morning, a quick question please.",
    "Hello, sorry to bother you with this one.",
    "Hi all, I would be grateful for your thoughts.",
)
_THANKS = (
    "Many thanks in advance!",
    "Thank you so much, really appreciate it.",
    "Cheers, that would be a great help.",
    "Thanks a lot, no rush at all.",
)
_ASIDES = (
    "The patient has two cats and a caravan.",
    "They drove here in a blue estate car.",
    "It was raining when they came in.",
    "The appointment was moved from the morning to the afternoon.",
    "They teach geography at the local school.",
    "The room upstairs has just been painted green.",
    "Their sister is getting married in the summer.",
    "They found us through the library's notice board.",
)
_LEAST_WORDS = 8
"""A few words, such as "and why?", are typed with nothing beside them."""


def polite(text: str, rng: Random) -> str:
    """Return `text` with a greeting before it or thanks after it, or both."""
    greeting, thanks = rng.choice(_GREETINGS), rng.choice(_THANKS)
    return rng.choice((f"{greeting} {text}", f"{text} {thanks}", f"{greeting} {text} {thanks}"))


def with_aside(text: str, rng: Random) -> str | None:
    """Return `text` with a sentence before or after it that bears on nothing; None where it is a few words only."""
    if len(text.split()) < _LEAST_WORDS:
        return None
    aside = rng.choice(_ASIDES)
    return rng.choice((f"{aside} {text}", f"{text} {aside}"))
