"""How Chinese characters are read: enough to find a word by the letters that an agent types for it.

`pinyin.txt` has the common characters (GB 2312, level 1) and those of the program's own texts, without tones.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("pinyin.txt")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        syllable, _, characters = line.partition(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def readings(character: str) -> tuple[str, ...]:
    """The syllables that a character is read as, ü written v; empty for what is no known Chinese character."""
    return _table().get(character, ())
