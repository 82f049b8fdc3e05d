"""Which language the texts are in: by setting, else by locale, else Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.language import choose_language, language


@pytest.fixture(autouse=True)
def the_language_before() -> Iterator[None]:
    before = language()
    yield
    choose_language(before)


@pytest.mark.parametrize(
    ("locale", "code"),
    [("zh_CN.UTF-8", "zh_CN"), ("zh_TW.UTF-8", "zh_CN"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "zh_CN"), ("", "zh_CN")],
)
def test_the_locale_chooses_and_one_that_names_no_language_is_chinese(
    monkeypatch: pytest.MonkeyPatch, locale: str, code: str
) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert choose_language() == code


def test_a_setting_comes_before_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert choose_language("en") == "en"
