"""How long a text may be: text messages are counted in parts; where a channel's limit is not known, nothing is said.

The alphabet and the sizes of parts are those of 3GPP TS 23.038 and TS 23.040.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.vocabulary import Channel

ONE_WIDE, PART_WIDE = 70, 67
"""Characters of a text message with a Chinese character in it: of one that stands alone, and of each of several."""

ONE_PLAIN, PART_PLAIN = 160, 153
"""The same for one that has only letters of the GSM alphabet."""

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is on its channel: characters as the channel counts them, and parts where it has any."""

    characters: int
    parts: int = 0
    most_parts: int = 0
    """How many parts the shop allows; 0 where the channel has no parts."""

    @property
    def too_long(self) -> bool:
        """Whether it is longer than allowed."""
        return self.parts > self.most_parts


def length(text: str, channel: Channel, most_parts: int) -> Length:
    """How long the text is on that channel."""
    if channel is not Channel.SMS:
        return Length(len(text))
    plain = all(character in _PLAIN or character in _TWICE for character in text)
    count = sum(2 if character in _TWICE else 1 for character in text) if plain else len(text.encode("utf-16-le")) // 2
    one, part = (ONE_PLAIN, PART_PLAIN) if plain else (ONE_WIDE, PART_WIDE)
    return Length(count, 1 if count <= one else -(-count // part), most_parts)
