"""What the linter says about one place of a playbook."""

from __future__ import annotations

from dataclasses import dataclass

from data.playbook.format import Node, Objection


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which file, at which line and node, of which kind, and how to mend it.

    `kind` is a fixed English word for other programs; `what` and `mend` are in the reader's language.
    """

    file: str
    line: int
    node: str
    kind: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.node}: {self.what} {self.mend}"


def at(node: Node, kind: str, what: str, mend: str, line: int = 0) -> Finding:
    """A finding about a node, or about a line in it."""
    return Finding(node.file, line or node.line, node.id, kind, what, mend)


def of(objection: Objection, kind: str, what: str, mend: str) -> Finding:
    """A finding about an objection."""
    return Finding(objection.file, objection.line, objection.id, kind, what, mend)
