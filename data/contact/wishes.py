"""What a buyer prefers, from their own words: hours and days as an agent types them."""

from __future__ import annotations

import re
import unicodedata

from data.errors import UnreadableTime
from data.language import _

_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?[-~至到](\d{1,2})(?::(\d{2}))?")
_DAYS = {
    **{sign: str(number) for number, sign in enumerate("一二三四五六日", start=1)},
    "天": "7",
    **{name: str(number) for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), start=1)},
}
_GROUPS = {"周末": "67", "weekend": "67", "工作日": "12345", "weekdays": "12345"}
_WORD = re.compile(r"周末|工作日|weekends?|weekdays|mon|tue|wed|thu|fri|sat|sun|[1-7一二三四五六日天]")
_LEFT_OUT = re.compile(r"[\s,;、和及周星期每]|and")


def hours_of(text: str) -> tuple[int, int]:
    """A span such as 18:00-20:00 or 18-20 in minutes after midnight. Raises UnreadableTime."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", "").replace("–", "-"))
    if found is not None:
        start = int(found[1]) * 60 + int(found[2] or 0)
        until = int(found[3]) * 60 + int(found[4] or 0)
        if start < until <= 1440 and int(found[2] or 0) < 60 and int(found[4] or 0) < 60:
            return start, until
    raise UnreadableTime(
        _("These hours cannot be read"), _("“{text}” is no span of the day.").format(text=text), _("Write 18:00-20:00.")
    )


def days_of(text: str) -> str:
    """Days of the week such as 周末, 一三五, sat sun or 67, as ISO digits in order. Raises UnreadableTime."""
    told = unicodedata.normalize("NFKC", text).lower()
    rest = _LEFT_OUT.sub("", _WORD.sub("", told))
    digits: set[str] = set()
    for word in _WORD.findall(told):
        digits.update(_GROUPS.get(word.removesuffix("s") if word == "weekends" else word) or _DAYS.get(word, word))
    if rest or not digits:
        what = _("“{text}” names no days.").format(text=text)
        raise UnreadableTime(_("These days cannot be read"), what, _("Write 周末, 一三五 or 67."))
    return "".join(sorted(digits))


def days_words(days: str) -> str:
    """Days of the week, as people read them."""
    if days == "67":
        return _("weekends")
    if days == "12345":
        return _("weekdays")
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return " ".join(names[int(digit) - 1] for digit in days)
