"""Where the tables of a playbook file stand, so that every finding can name a line."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Block:
    """One table of the file: the line of its header, of its keys, and of the choices written in it."""

    line: int
    keys: dict[str, int] = field(default_factory=dict)
    choices: list[int] = field(default_factory=list)
