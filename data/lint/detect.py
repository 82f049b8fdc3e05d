"""Numbers and addresses that stand for a person, found in plain text. Masked ones (138****2211) are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Span = tuple[int, int]

_DIGIT_WORDS = str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "00123456789123456789" + "1")
_SPELT = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_CHINESE_DIGITS = re.compile(f"[{_SPELT}][-{_SPELT} 0-9]{{6,}}")
_PHONE = re.compile(r"(?<![0-9*])(?:86[ -]?)?(1[3-9][0-9](?:[ .\-]{0,2}[0-9]){8})(?![0-9*])")
_LANDLINE = re.compile(r"(?<![0-9*])0[1-9][0-9]{1,2}[ -][2-9][0-9]{6,7}(?![0-9*])")
_US_PHONE = re.compile(
    r"(?<![0-9*])(?:\+?1[ .-])?\(?(?![48]00)[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9*])"
)
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x](?![0-9])"
)
_SSN = re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])")
_CARD = re.compile(r"(?<![0-9*])[2-9](?:[ -]?[0-9]){14,18}(?![0-9*])")
_MAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,24}){1,3}")
_STREET = re.compile(
    r"[\u4e00-\u9fff]{2,8}[路街道巷弄镇村][^,。!?;\n]{0,10}?[0-9一二三四五六七八九十]{1,5}(?:号|栋|幢|座|弄)"
    r"|[\u4e00-\u9fff]{2,8}(?:小区|花园|公寓|大厦|广场|家园|苑|新村)"
    r"[^,。!?;\n]{0,8}?[0-9一二三四五六七八九十a-z]{1,5}(?:号|栋|幢|座|单元|室|楼)"
    r"|[0-9]{1,3}(?:栋|幢|单元)[0-9]{1,3}(?:单元|楼|层)?[0-9]{2,4}(?:室|房|号)?"
    r"|(?<![a-z0-9])[0-9]{1,5} [a-z]{2,16}(?: [a-z]{2,16})? "
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|blvd|boulevard|court|way)(?![a-z])"
)
_ORDER = re.compile(
    r"(?:订单|单号|order)(?: ?(?:号|编号|number|no\.?|id|#))?[ :是为#]{0,3}[0-9a-z-]*[0-9]{8,}", re.DOTALL
)
_LONG_NUMBER = re.compile(r"(?<![0-9*.])(?:[0-9]{15,20}|[0-9]{6}-[0-9]{15})(?![0-9*])")
_NAME = re.compile(
    r"(?:(?:收货人|收件人|姓名|真名|实名)(?:叫|是|为|:| )?|(?:名字|买家|客户)(?:叫|是|:))[ :]?"
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文]"
    r"[\u4e00-\u9fff]{1,2}?(?=[说的您你已签反先女未没在,。!;:是要不]|\s|$)"
)


def _digits(text: str) -> str:
    """The text with runs of digits that are written out in Chinese as plain digits, character by character."""
    return _CHINESE_DIGITS.sub(lambda found: found[0].translate(_DIGIT_WORDS), text)


def _phones(text: str) -> Iterator[Span]:
    plain = _digits(text)
    for pattern in (_PHONE, _LANDLINE, _US_PHONE):
        yield from (found.span() for found in pattern.finditer(plain))


def _identities(text: str) -> Iterator[Span]:
    for pattern in (_IDENTITY, _SSN):
        yield from (found.span() for found in pattern.finditer(_digits(text)))


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(_digits(text)):
        digits = re.sub("[^0-9]", "", found[0])
        if luhn(digits) and not _IDENTITY.fullmatch(digits):
            yield found.span()


def luhn(digits: str) -> bool:
    """Whether a card number's check digit is right (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _every(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    def spans(text: str) -> Iterator[Span]:
        yield from (found.span() for found in pattern.finditer(text))

    return spans


def _orders(text: str) -> Iterator[Span]:
    for pattern in (_ORDER, _LONG_NUMBER):
        yield from (found.span() for found in pattern.finditer(text))


DETECTORS: dict[str, Callable[[str], Iterator[Span]]] = {
    "phone": _phones,
    "identity": _identities,
    "card": _cards,
    "mail": _every(_MAIL),
    "address": _every(_STREET),
    "order": _orders,
    "name": _every(_NAME),
}
"""What a rule's `detector` may be; each gives spans in order of one pattern after the other."""
