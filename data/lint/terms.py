"""How a word of a rule is written, and how the words of a class are found in linear time.

A word is itself, with these signs: `(a|b)` one of them; `[ab]` one of these characters; `x?` or `(…)?` may be
missing; `~4` up to four characters of the same clause; `#` a number; `*` the rest of an English word; `^` at the
beginning, where a clause begins. There is no sign for "any number of", so no text can make a search slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

BREAKS = ",。!?;:\n"
"""What ends a clause in a normalised text; a blank between Chinese words is one too."""

_DIGITS = "0123456789一二两三四五六七八九十百千几"
_NUMBER_REST = f"[{_DIGITS}]{{0,6}}"
_GAP = "[^,。!?;\n]"
MOST_GAP = 40
MOST_GAPS = 3
MOST_PAIRS = 65_536
"""Pairs of characters of which is remembered what may begin there."""
LONGEST = 1200
_ASCII_WORD = re.compile("[a-z0-9]")
_CHINESE = re.compile("[\u4e00-\u9fff]")

_Item = tuple[str, object, bool]
"""A sign: its kind, what it holds, whether it may be missing."""


class BadTerm(ValueError):
    """A word that is not written as words are; says what is wrong."""


@dataclass(slots=True)
class Term:
    """One word: what it begins with (two characters, or one where the second can be any), and its expression,
    compiled when a text first needs it."""

    heads: frozenset[str]
    source: str
    needs: frozenset[str] = frozenset()
    """Characters one of which a text must have, or the word cannot stand in it; empty when nothing is known."""
    match: Callable[[str, int], re.Match[str] | None] | None = None

    def ready(self) -> Callable[[str, int], re.Match[str] | None]:
        """Its expression, compiled now."""
        self.match = re.compile(self.source).match
        return self.match


class Index:
    """Finds the words of all classes in one pass: at each place only those that begin with what stands there."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        gathered: dict[str, list[tuple[str, Term, int]]] = {}
        count = 0
        for name, terms in classes.items():
            for written in dict.fromkeys(terms):
                term = read(written)
                for head in term.heads:
                    gathered.setdefault(head, []).append((name, term, count))
                count += 1
        self._count = count
        self._by_head = {head: tuple(held) for head, held in gathered.items()}
        self._by_pair: dict[str, tuple[tuple[str, Term, int], ...]] = {}
        self._firsts = frozenset(head[0] for head in gathered)

    def spans(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Where words of each class stand, in order and apart; of several at one place the longest."""
        found: dict[str, list[tuple[int, int]]] = {}
        until: dict[str, int] = {}
        heads = self._by_head
        firsts = self._firsts
        present = frozenset(text)
        cannot: list[bool | None] = [None] * self._count
        for at, character in enumerate(text):
            if character not in firsts:
                continue
            pair = text[at : at + 2]
            tried = self._by_pair.get(pair)
            if tried is None:
                tried = (*heads.get(pair, ()), *(heads.get(character, ()) if len(pair) > 1 else ()))
                if len(self._by_pair) < MOST_PAIRS:
                    self._by_pair[pair] = tried
            for name, term, number in tried:
                ruled_out = cannot[number]
                if ruled_out is None:
                    ruled_out = cannot[number] = bool(term.needs) and term.needs.isdisjoint(present)
                if ruled_out or (at < until.get(name, 0) and found[name][-1][0] != at):
                    continue
                matched = (term.match or term.ready())(text, at)
                if matched is None or matched.end() <= until.get(name, 0):
                    continue
                held = found.setdefault(name, [])
                if held and held[-1][0] == at:
                    held.pop()
                until[name] = matched.end()
                held.append((at, matched.end()))
        return found


@lru_cache(maxsize=8192)
def read(written: str) -> Term:
    """A word as it is written, read. Raises BadTerm."""
    if not written or len(written) > LONGEST or written != written.strip():
        raise BadTerm(repr(written[:40]))
    at_start = written.startswith("^")
    items, end = _sequence(written[at_start:], 0, top=True)
    if end != len(written) - at_start or sum(item[0] == "gap" for item in items) > MOST_GAPS:
        raise BadTerm(written)
    heads = frozenset(_heads(items, 2, written))
    if "" in heads:
        raise BadTerm(written)
    english = not _CHINESE.search(written)
    starts_english = any(_ASCII_WORD.match(each) for each in heads)
    before = f"(?<![^{BREAKS} ])" if at_start else "(?<![a-z0-9])" if starts_english and english else ""
    after = "(?![a-z0-9])" if english and not written.endswith(("*", "#")) else ""
    return Term(heads, f"{before}{_expression(items)}{after}", _needed(items))


def _needed(items: Sequence[_Item]) -> frozenset[str]:
    """Characters one of which any text with this sequence has, by its last part that must be there."""
    for kind, held, optional in reversed(items):
        if optional:
            continue
        if kind == "literal":
            return frozenset(str(held))
        if kind == "set":
            return frozenset(str(held))
        if kind == "number":
            return frozenset(_DIGITS)
        if kind == "group" and isinstance(held, list):
            branches = [_needed(branch) for branch in held]
            if all(branches):
                return frozenset().union(*branches)
    return frozenset()


def _sequence(text: str, at: int, top: bool = False) -> tuple[list[_Item], int]:
    items: list[_Item] = []
    while at < len(text) and (top or text[at] not in "|)"):
        item, at = _item(text, at)
        if at < len(text) and text[at] == "?":
            item, at = (item[0], item[1], True), at + 1
        items.append(item)
    return items, at


def _item(text: str, at: int) -> tuple[_Item, int]:
    sign = text[at]
    if sign == "(":
        branches: list[list[_Item]] = []
        while at < len(text) and text[at] in "(|":
            branch, at = _sequence(text, at + 1)
            branches.append(branch)
        if at >= len(text):
            raise BadTerm(text)
        return ("group", branches, False), at + 1
    if sign == "[":
        end = text.find("]", at)
        if end <= at + 1:
            raise BadTerm(text)
        return ("set", text[at + 1 : end], False), end + 1
    if sign == "~":
        digits = re.match(r"\d{1,2}", text[at + 1 :], re.ASCII)
        if not digits or not 0 < int(digits[0]) <= MOST_GAP:
            raise BadTerm(text)
        return ("gap", int(digits[0]), False), at + 1 + len(digits[0])
    if sign in "?)|]^+{}\\":
        raise BadTerm(text)
    return ({"#": "number", "*": "stem"}.get(sign, "literal"), sign, False), at + 1


def _heads(items: Sequence[_Item], wanted: int, written: str) -> set[str]:
    """What a sequence may begin with, as far as it is known: up to `wanted` characters."""
    if not wanted or not items:
        return {""}
    (kind, held, optional), rest = items[0], items[1:]
    if kind == "literal":
        found = {str(held) + each for each in _heads(rest, wanted - 1, written)}
    elif kind == "set":
        found = {first + each for first in str(held) for each in _heads(rest, wanted - 1, written)}
    elif kind == "number":
        found = set(_DIGITS)
    elif kind == "group" and isinstance(held, list):
        found = set().union(*(_heads([*branch, *rest], wanted, written) for branch in held))
    else:
        found = {""}
    return found | _heads(rest, wanted, written) if optional else found


def _expression(items: Sequence[_Item]) -> str:
    return "".join(_one(*item) for item in items)


def _one(kind: str, held: object, optional: bool) -> str:
    if kind == "group" and isinstance(held, list):
        text = f"(?:{'|'.join(_expression(branch) for branch in held)})"
    elif kind == "gap":
        text = f"{_GAP}{{0,{held}}}?"
    elif kind == "stem":
        text = "[a-z]{0,8}"
    elif kind == "number":
        text = f"[{_DIGITS}]{_NUMBER_REST}"
    elif kind == "set":
        text = f"[{re.escape(str(held))}]"
    else:
        text = re.escape(str(held))
    return f"(?:{text})?" if optional else text
