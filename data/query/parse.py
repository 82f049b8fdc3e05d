"""Reading a typed query. Full-width signs count as plain ones; whatever is no key is a word to be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.errors import QueryError
from data.language import _
from data.query.lexicon import KEYS, Key, Known, folded, in_the_language_of, key_names
from data.query.tree import Part, Query, Sought, Term, Value
from data.query.values import hint, nearest, value

LONGEST = 400
"""More characters than this are not read: nobody types them, but somebody may paste them."""

MOST_PARTS = 24

_PLAIN = {
    **{0xFF01 + offset: 0x21 + offset for offset in range(94)},
    **dict.fromkeys(map(ord, "“”„‟「」『』«»"), ord('"')),
    **dict.fromkeys(map(ord, "−–"), ord("-")),
    **dict.fromkeys(map(ord, "、"), ord(",")),
}
_KEY = re.compile(r"([^\W\d]{1,12}):(?!//)")
_ENDS_WORD = re.compile(r'[\s"]')
_ENDS_VALUE = re.compile(r'[\s",]')


def plain(typed: str) -> str:
    """What was typed with every sign of the language in its plain form, character for character."""
    signs = typed.translate(_PLAIN)
    return "".join(" " if each.isspace() else each for each in signs)


def parse(typed: str, known: Known | None = None) -> Query:
    """The query that was typed. Without `known`, names of agents and shops are taken as they are.

    Nothing typed is an empty query. Raises QueryError, worded with the place, the nearest right word and what to do.
    """
    # Half of a pair can be pasted but never stored.
    typed = typed[:LONGEST].encode("utf-8", "ignore").decode()
    return _Reader(typed, plain(typed), known).query()


@dataclass(slots=True)
class _Reader:
    typed: str
    signs: str
    known: Known | None
    at: int = 0

    def query(self) -> Query:
        groups: list[list[Part]] = [[]]
        count = 0
        while self._skip_blanks():
            if self._inverts(first=count == 0 and len(groups) == 1):
                groups.append([])
                continue
            part = self._part()
            if part is not None:
                count += 1
                groups[-1].append(part)
            if count > MOST_PARTS:
                raise QueryError(
                    self.at, _("More than {count} words and terms.").format(count=MOST_PARTS), _("Leave some out.")
                )
        inverted = tuple(tuple(dict.fromkeys(group)) for group in groups[1:] if group)
        return Query(tuple(dict.fromkeys(groups[0])), tuple(dict.fromkeys(inverted)))

    def _skip_blanks(self) -> bool:
        while self.at < len(self.signs) and self.signs[self.at] == " ":
            self.at += 1
        return self.at < len(self.signs)

    def _inverts(self, *, first: bool) -> bool:
        """Whether here stands the `!` before what must not hold: alone, or at the very beginning."""
        if self.signs[self.at] != "!":
            return False
        alone = self.at + 1 == len(self.signs) or self.signs[self.at + 1] == " "
        if not (alone or first):
            return False
        self.at += 1
        return True

    def _part(self) -> Part | None:
        begun = self.at
        negated = self.signs[self.at] == "-" and self.at + 1 < len(self.signs) and self.signs[self.at + 1] != " "
        self.at += negated
        if found := _KEY.match(self.signs, self.at):
            self.at = found.end()
            return self._term(self._key(found[1], begun), begun, negated)
        quoted, words = self._text(_ENDS_WORD)
        words = words.strip()
        if not quoted and words in ("-", "!"):
            return None  # a sign whose word is still to come
        return Sought(words, negated) if words else None

    def _text(self, ends: re.Pattern[str]) -> tuple[bool, str]:
        """The text from here to a blank or the like, or inside quotation marks; and whether it had those."""
        if self.at < len(self.signs) and self.signs[self.at] == '"':
            close = self.signs.find('"', self.at + 1)
            close = len(self.signs) if close < 0 else close
            text = self.typed[self.at + 1 : close]
            self.at = close + 1
            return True, text
        end = ends.search(self.signs, self.at)
        stop = end.start() if end else len(self.signs)
        text = self.typed[self.at : stop]
        self.at = stop
        return False, text

    def _term(self, key: Key, begun: int, negated: bool) -> Term:
        values: list[Value] = []
        while True:
            here = self.at
            _quoted, told = self._text(_ENDS_VALUE)
            if told.strip():
                values.append(value(key, told.strip(), here + 1, self.known))
            if self.at >= len(self.signs) or self.signs[self.at] != ",":
                break
            self.at += 1
        if not values:
            raise QueryError(
                begun + 1,
                _("Character {at}: {key} needs a value.").format(at=begun + 1, key=key.shown),
                _("Known are: {words}.").format(words=hint(key)),
            )
        return Term(key.name, tuple(dict.fromkeys(values)), negated)

    def _key(self, name: str, begun: int) -> Key:
        names = key_names()
        if (key := names.get(folded(name))) is not None:
            return key
        said = _("Character {at}: there is no key “{key}”.").format(at=begun + 1, key=name)
        near = nearest(name, names)
        if near is None:
            remedy = _("Quotes search for it; keys are {keys}.").format(
                keys=", ".join(key.shown for key in KEYS.values())
            )
        else:
            remedy = _("Did you mean {word}? Quotes search for it.").format(
                word=f"{in_the_language_of(near, names[near])}:"
            )
        raise QueryError(begun + 1, said, remedy)
