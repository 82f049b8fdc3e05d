"""Who works when and with what: the staff to whom cases may be given, as a shop owner writes it in the settings.

In the file each has a table under their login; on a screen one types a line of words, which need no names because
no two kinds of them look alike: `lili 09:00-18:00 mon-fri taobao Q L2 zh`. Times of day are minutes after midnight in
the shop's zone. A night shift is written as two spans, `22:00-24:00` and `00:00-06:00`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.language import _
from data.settings_kinds import WallTime, Windows
from data.vocabulary import Cause, Platform

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = ("shift", "days", "platforms", "causes", "languages")
_CAUSES = frozenset(cause.value for cause in Cause) | frozenset(cause.value[0] for cause in Cause)
_SPAN = re.compile(r"([\d:]+)[-–—~]([\d:]+)", re.ASCII)
_DAY_SPAN = re.compile(rf"({'|'.join(DAYS)})[-–—~]({'|'.join(DAYS)})")
_LANGUAGE = re.compile(r"[a-z]{2}")
_LOGIN = re.compile(r"[^\s;,]{1,64}")


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the staff. What is empty limits nothing: no shift is always there, no platforms are all of them."""

    login: str
    shift: tuple[tuple[int, int], ...] = ()
    """Spans of the day in which they work."""

    days: tuple[str, ...] = ()
    """The days of the week on which they do."""

    platforms: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    """Codes of causes such as Q1, or their first letters: Q is everything about the goods."""

    languages: tuple[str, ...] = ()
    """The languages of buyers, as two letters."""

    def fits(self, platform: str, language: str, cause: str | None) -> bool:
        """Whether they know the platform, the language and the cause; a cause that is not known asks nothing."""
        return (
            (not self.platforms or platform in self.platforms)
            and (not self.languages or language in self.languages)
            and (not self.causes or cause is None or cause in self.causes or cause[0] in self.causes)
        )


class Staff:
    """Everybody to whom cases may be given, by login."""

    def read(self, value: object) -> tuple[Worker, ...]:
        """The staff of a table of tables; raises ValueError, worded."""
        if not isinstance(value, dict):
            raise ValueError(_("It must be a table of logins, each with its own table."))
        return tuple(self._worker(login, told) for login, told in value.items())

    def _worker(self, login: str, told: object) -> Worker:
        if not _LOGIN.fullmatch(login) or not login.isprintable():
            raise ValueError(_("{login} cannot be a login.").format(login=login))
        if not isinstance(told, dict):
            raise ValueError(_("{login} must be a table.").format(login=login))
        unknown = next((name for name in told if name not in _KEYS), None)
        if unknown is not None:
            raise ValueError(
                _("{login}: there is no {name}; names are {names}.").format(
                    login=login, name=unknown, names=", ".join(_KEYS)
                )
            )
        try:
            shift = Windows().read(told.get("shift", []))
            days = _words(told.get("days", []), DAYS)
            platforms = _words(told.get("platforms", []), tuple(platform.value for platform in Platform))
            causes = _words(told.get("causes", []), sorted(_CAUSES))
            languages = _words(told.get("languages", []), None)
        except ValueError as error:
            raise ValueError(f"{login}: {error}") from error
        return Worker(login, shift, tuple(day for day in DAYS if day in days), platforms, causes, languages)

    def write(self, value: tuple[Worker, ...]) -> object:
        """What TOML holds for the staff; what is empty is left out."""
        table: dict[str, dict[str, Any]] = {}
        for worker in value:
            told: dict[str, Any] = {
                "shift": Windows().write(worker.shift),
                **{name: list(getattr(worker, name)) for name in _KEYS[1:]},
            }
            table[worker.login] = {name: words for name, words in told.items() if words}
        return table


def _words(value: object, known: Iterable[str] | None) -> tuple[str, ...]:
    """Words of a closed list, or of two letters where `known` is None; each once."""
    words = list(known) if known is not None else None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(_('It must be a list of words such as ["mon", "tue"].'))
    for each in value:
        if words is not None and each not in words:
            raise ValueError(_("{word} is none of {words}.").format(word=each, words=", ".join(words)))
        if words is None and not _LANGUAGE.fullmatch(each):
            raise ValueError(_("{word} is no language; write two letters such as zh.").format(word=each))
    return tuple(dict.fromkeys(value))


def shown_staff(value: tuple[Worker, ...]) -> str:
    """The staff in a line as one types it."""
    wall = WallTime()
    told = []
    for worker in value:
        spans = [f"{wall.write(start)}-{wall.write(end)}" for start, end in worker.shift]
        told.append(
            " ".join((worker.login, *spans, *worker.days, *worker.platforms, *worker.causes, *worker.languages))
        )
    return "; ".join(told)


def staff_as_written(text: str) -> Mapping[str, object]:
    """The table that a typed line stands for. Raises ValueError, worded, for a word that means nothing here."""
    table: dict[str, dict[str, list[Any]]] = {}
    for part in text.split(";"):
        words = part.replace(",", " ").split()
        if words:
            if words[0] in table:
                raise ValueError(_("{login} stands here twice.").format(login=words[0]))
            told = table[words[0]] = {}
            for word in words[1:]:
                name, values = _meant(words[0], word)
                told[name] = [*told.get(name, []), *values]
            # Typed in any order; times of day are compared as clocks show them.
            told.get("shift", []).sort(key=lambda span: [part.zfill(5) for part in span])
    return table


def _meant(login: str, word: str) -> tuple[str, list[Any]]:
    small = word.lower()
    if span := _SPAN.fullmatch(word):
        return "shift", [[span[1], span[2]]]
    if days := _DAY_SPAN.fullmatch(small):
        first, last = DAYS.index(days[1]), DAYS.index(days[2])
        return "days", [DAYS[at % 7] for at in range(first, last + 1 if first <= last else last + 8)]
    if small in DAYS:
        return "days", [small]
    if small in tuple(Platform):
        return "platforms", [small]
    if word.upper() in _CAUSES:
        return "causes", [word.upper()]
    if _LANGUAGE.fullmatch(small):
        return "languages", [small]
    raise ValueError(
        _("{login}: {word} is no span of the day, no day, no platform, no cause and no language.").format(
            login=login, word=word
        )
    )
