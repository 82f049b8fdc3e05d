"""Money is read exactly or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.language import choose_language
from data.money import decimals, format_money, parse_money


@pytest.fixture(autouse=True)
def _english() -> None:
    choose_language("en")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("59.90", "CNY", 5990),
        ("¥1,099.00", "CNY", 109900),
        ("89", "CNY", 8900),
        ("\uffe512.5", "CNY", 1250),
        ("５９.９０", "CNY", 5990),
        (" 89 元 ", "CNY", 8900),
        ("RMB 5", "CNY", 500),
        ("-3.20", "CNY", -320),
        ("¥-3", "CNY", -300),
        ("12.900", "CNY", 1290),
        ("$19.99", "USD", 1999),
        ("1,234", "JPY", 1234),
        ("1.234", "KWD", 1234),
    ],
)
def test_an_amount_is_read_exactly(text: str, currency: str, minor: int) -> None:
    assert parse_money(text, currency) == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "¥",
        "1.099,00",
        "1,09",
        "12,3456",
        "12.345",
        "1e3",
        "--3",
        "-¥-3",
        "$5",
        "5 USD",
        "٣",
        "1.2.3",
        "=89",
        "∞",
    ],
)
def test_what_is_not_plainly_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        parse_money(text)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["CNY", "USD", "JPY", "KWD", "EUR", "HKD", "SEK"]))
def test_what_is_shown_is_read_back(minor: int, currency: str) -> None:
    assert parse_money(format_money(minor, currency), currency) == minor


@given(st.integers(0, 10**9), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_a_bare_figure_is_read_back(minor: int, currency: str) -> None:
    places = decimals(currency)
    digits = str(minor).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    assert parse_money(text, currency) == minor


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_worded_refusal(text: str) -> None:
    try:
        said = format_money(parse_money(text))
    except ValueError as refusal:
        said = str(refusal)
    assert said


def test_amounts_are_shown_as_people_write_them() -> None:
    assert format_money(109900) == "¥1,099.00"
    assert format_money(-5) == "-¥0.05"
    assert format_money(1234, "JPY") == "¥1,234"
    assert format_money(100, "SEK") == "1.00 SEK"
