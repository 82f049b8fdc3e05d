"""A shop speaks one language with its buyers, and its calls follow the script of that language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import data.demo as demo
from data.casework.entrance import SqlCasework
from data.clock import Clock
from data.errors import Refused
from data.importing import import_files
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.settings import Settings, Shop
from data.shop_language import language_of, script_code
from data.vocabulary import Platform
from tests.data.casework.desk import SMALL_PLAYBOOK, Desk

SCRIPTS = {
    "zh": from_text(SMALL_PLAYBOOK.replace('id = "small"', 'id = "small.zh"'), "small.zh.toml"),
    "en": from_text(SMALL_PLAYBOOK.replace('id = "small"', 'id = "small.en"'), "small.en.toml"),
}


def casework(desk: Desk, settings: Settings, asked: list[str]) -> SqlCasework:
    def playbook(language: str) -> Playbook:
        asked.append(language)
        return SCRIPTS[language]

    return SqlCasework(desk.store, Clock(lambda: desk.now), settings, desk.world.agent_id, playbook)


def speaking(language: str, name: str = "", platform: str = "taobao") -> Settings:
    return replace(Settings(), shop=Shop(name=name, platform=platform, language=language))


@pytest.mark.parametrize("platform", Platform)
def test_a_shop_abroad_speaks_english_and_one_in_china_chinese_unless_it_is_told(platform: Platform) -> None:
    usual = "en" if platform in (Platform.JUDGEME, Platform.OTHER) else "zh"
    assert language_of(Shop(), platform, "any") == usual
    for told in ("zh", "en"):
        own = Shop(name="暖屋", platform=str(platform), language=told)
        assert language_of(own, platform, "暖屋") == told
        assert language_of(own, platform, "another") == usual
        assert language_of(replace(own, name=""), platform, "any") == told


def test_every_language_of_a_shop_has_a_script() -> None:
    assert {language: script_code(language) for language in ("zh", "en")} == {"zh": "zh_CN", "en": "en"}


def test_a_call_follows_the_script_of_the_shops_language_whatever_the_screens_speak(desk: Desk) -> None:
    asked: list[str] = []
    case_id = desk.case()
    name = str(desk.value("SELECT s.name FROM shop s JOIN review_case c ON c.shop_id = s.id WHERE c.id = ?", case_id))
    for_english = casework(desk, speaking("en", name), asked)
    for_english.catch_up()
    call = for_english.start_call(case_id)
    assert asked == ["en"]
    assert desk.value("SELECT playbook FROM call WHERE id = ?", call.call_id) == "small.en"


def test_what_the_settings_say_of_the_language_holds_from_the_next_opening(desk: Desk) -> None:
    desk.case()
    for told, expected in (("en", "en"), ("auto", "zh")):
        casework(desk, speaking(told), []).catch_up()
        assert desk.value("SELECT group_concat(DISTINCT language) FROM shop WHERE platform = 'taobao'") == expected


def test_a_shop_that_is_made_speaks_the_language_of_its_platform(desk: Desk) -> None:
    for platform, expected in ((Platform.JUDGEME, "en"), (Platform.JD, "zh")):
        shop_id = desk.casework.set_shop("New", platform, "Asia/Shanghai")
        assert desk.value("SELECT language FROM shop WHERE id = ?", shop_id) == expected


def test_a_case_that_is_not_there_has_no_script(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no case 999"):
        desk.casework.start_call(999)


@pytest.mark.parametrize("told", ["en", "zh"])
def test_an_import_makes_shops_that_speak_as_the_settings_say(desk: Desk, told: str) -> None:
    reviews = Path(demo.__file__).parent / "files" / "pdd-reviews.csv"
    settings = speaking(told, platform="pdd")
    import_files([reviews], store=desk.store, settings=settings, now=desk.now, agent_id=desk.world.agent_id)
    assert desk.value("SELECT group_concat(DISTINCT language) FROM shop WHERE platform = 'pdd'") == told
