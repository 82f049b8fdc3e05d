"""What people say for a time, in Chinese and English, brought to the few forms that `data.times` reads.

明晚8点 becomes `tomorrow 20:00`, 周五上午 `fri 10:00`, “tomorrow 8pm” `tomorrow 20:00`. A part of the day without an
hour stands for one: morning 10:00, noon 12:00, afternoon 15:00, evening 20:00. What is not known is left as it stands,
for the reader to refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

LONGEST = 60
"""No more of a typed time is looked at."""

_MORNING, _NOON, _AFTERNOON, _EVENING = "@m", "@n", "@a", "@e"
_MEANT = {_MORNING: 10, _NOON: 12, _AFTERNOON: 15, _EVENING: 20}
"""The hour that a part of the day stands for by itself."""

_NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0}
_WEEKDAYS = {"一": "mon", "二": "tue", "三": "wed", "四": "thu", "五": "fri", "六": "sat", "日": "sun", "天": "sun"}
_WEEK = r"(?:周|星期|礼拜)"
_ENGLISH_DAY = r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b"

_WORDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"下个?{_WEEK}([一二三四五六日天1-7])", lambda part: f" next {_weekday(part[1])} "),
    (rf"[这本]?{_WEEK}([一二三四五六日天1-7])", lambda part: f" {_weekday(part[1])} "),
    (r"周末", " sat "),
    (_ENGLISH_DAY, lambda part: f" {part[1]} "),
    (r"半个?小时(?:以后|之后|后)?|half an hour", " +30m "),
    (r"[一二两三四五六七八九十]{1,3}(?=个?小时|分|天|点|月|日|号|刻)", lambda part: str(_number(part[0]))),
    (r"(\d{1,3})\s*个?小时(?:以后|之后|后)", r" +\1h "),
    (r"(\d{1,4})\s*分钟?(?:以后|之后|后)", r" +\1m "),
    (r"(\d{1,3})\s*天(?:以后|之后|后)", r" +\1d "),
    (r"\bin an hour\b", " +1h "),
    (r"\bin (\d{1,3}) ?(?:hours?|h)\b", r" +\1h "),
    (r"\bin (\d{1,4}) ?(?:minutes?|mins?)\b", r" +\1m "),
    (r"\bin (\d{1,3}) ?days?\b", r" +\1d "),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?", r" \1-\2-\3 "),
    (r"(\d{1,2})月(\d{1,2})[日号]?", r" \1-\2 "),
    (r"(\d{1,2})点半", r" \1:30 "),
    (r"(\d{1,2})点(\d)刻", lambda part: f" {part[1]}:{int(part[2]) * 15 % 60:02d} "),
    (r"(\d{1,2})点(\d{1,2})分?", lambda part: f" {part[1]}:{int(part[2]):02d} "),
    (r"(\d{1,2})点[钟整]?", r" \1:00 "),
    (r"大后天", " +3d "),
    (r"后天|后日|\bday after tomorrow\b", " +2d "),
    (r"明(?=[早晚])|明[天日儿]", " tomorrow "),
    (r"今(?=[早晚])|今[天日儿]", " today "),
    (r"后(?=[早晚])", " +2d "),
    (r"\btonight\b", f" today {_EVENING} "),
    (r"\b(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\b\.?", lambda part: f" {_half_day(part)} "),
    (r"上午|早上|早晨|清早|早|\bmorning\b", f" {_MORNING} "),
    (r"中午|正午|\b(?:noon|midday)\b", f" {_NOON} "),
    (r"下午|\bafternoon\b", f" {_AFTERNOON} "),
    (r"晚上|傍晚|晚间|晚|\b(?:evening|night)\b", f" {_EVENING} "),
    (r"\b(?:at|on|in the|this)\b|[，,的]", " "),
)
_PART = re.compile(r"(@[mnae])(?: (\d{1,2})(?::(\d{2}))?)?")
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d{2}) ([^:]+)")


def plain(spec: str) -> str:
    """The time as `data.times` reads it, as far as its words are known."""
    text = unicodedata.normalize("NFKC", spec[:LONGEST]).strip().lower()
    for pattern, meaning in _WORDS:
        text = re.sub(pattern, meaning, text)
    text = " ".join(text.split())
    if swapped := _CLOCK_FIRST.fullmatch(text):
        text = f"{swapped[2]} {swapped[1]}"
    return _PART.sub(_of_part, text)


def _of_part(part: re.Match[str]) -> str:
    """The hour in a part of the day: 晚上8点 is 20:00, and 中午1点 is 13:00."""
    if part[2] is None:
        return f"{_MEANT[part[1]]}:00"
    hour = int(part[2])
    later = part[1] in (_AFTERNOON, _EVENING) or (part[1] == _NOON and hour < 11)
    return f"{hour + 12 if later and hour < 12 else hour}:{part[3] or '00'}"


def _half_day(part: re.Match[str]) -> str:
    hour = int(part[1])
    if not 1 <= hour <= 12:
        return f"{hour}:{part[2] or '00'}{part[3]}m"
    return f"{hour % 12 + (12 if part[3] == 'p' else 0)}:{part[2] or '00'}"


def _weekday(word: str) -> str:
    return _WEEKDAYS.get(word) or tuple(_WEEKDAYS.values())[int(word) - 1]


def _number(words: str) -> int:
    tens, ten, ones = words.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[word]) for word in words))
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
