"""Citation keys: opaque to a model, of one recognisable shape, so that an invented one is known as such.

The shape follows paper-qa's habit of keys that form and membership can both check.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

SHAPE = re.compile(r"cp-[0-9a-f]{8}")
_LONGEST_SHOWN = 40


def keys_for(passage_ids: Iterable[str]) -> Mapping[str, str]:
    """Return passage ids by key, in the order given.

    A key is made from the passage's id alone, so that it is the same from question to question. Should two ids of one
    set make the same key, the later is hashed again.

    >>> keys_for(["barker-calf-rehab:31a"])
    {'cp-97e7eee1': 'barker-calf-rehab:31a'}
    """
    made: dict[str, str] = {}
    for passage_id in passage_ids:
        salt = passage_id
        while (key := f"cp-{hashlib.sha256(salt.encode()).hexdigest()[:8]}") in made:
            salt += "'"
        made[key] = passage_id
    return made


def cited(key: str, keys: Mapping[str, str]) -> str:
    """Return the passage that `key` names; an unknown one stays visible as what it is, and is no passage's id.

    >>> cited("cp-00000000", {})
    'cp-00000000'
    >>> cited("barker-calf-rehab:31a", {})
    'no-key <barker-calf-rehab:31a>'
    """
    if key in keys:
        return keys[key]
    return key if SHAPE.fullmatch(key) else f"no-key <{key[:_LONGEST_SHOWN]}>"
