"""Which language a shop speaks with its buyers: its call scripts and what a buyer reads go by it, not the screens."""

from __future__ import annotations

from data.settings import Shop
from data.vocabulary import Platform

CHINESE = "zh"
ENGLISH = "en"
BY_PLATFORM = "auto"

_ABROAD = frozenset({Platform.JUDGEME, Platform.OTHER})
"""Where shops sell abroad: Judge.me belongs to Shopify, and the other platforms known here are all Chinese."""


def language_of(own: Shop, platform: str, name: str) -> str:
    """`zh` or `en` for a shop: as the settings say of their own shop, else by the platform it sells on.

    Where the settings name no shop, what they say holds for every shop on their platform.
    """
    its_own = platform == own.platform and own.name.strip() in ("", name)
    if its_own and own.language != BY_PLATFORM:
        return own.language
    return ENGLISH if platform in _ABROAD else CHINESE


def script_code(language: str) -> str:
    """The language of a playbook (`zh_CN` or `en`) that suits a shop's language."""
    return "en" if language.startswith(ENGLISH) else "zh_CN"


def own_script(own: Shop) -> str:
    """The language of the playbook (`zh_CN` or `en`) that the shop of the settings uses with its buyers."""
    return script_code(language_of(own, own.platform, own.name))
