from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import zone
from data.sources.cells import CellRefused, clean_id, clean_line, clean_phone, clean_text, clean_time, masked, storable

SHANGHAI = zone("Asia/Shanghai")


@pytest.mark.parametrize(
    "cell",
    [
        "4604347058083367316",
        '="4604347058083367316"',
        "=4604347058083367316",
        "'4604347058083367316",
        "4604347058083367316\t",
        " 4604347058083367316 ",
        "４６０４３４７０５８０８３３６７３１６",
        "\ufeff4604347058083367316\u200b",
    ],
)
def test_an_id_survives_what_spreadsheets_and_exports_do_to_it(cell: str) -> None:
    assert clean_id(cell, "订单编号") == "4604347058083367316"


@pytest.mark.parametrize("cell", ["2.60E+18", "2.6e18", '="4.60435E+18"', "4604347058083367316.0"])
def test_an_id_whose_digits_are_lost_is_refused_and_never_guessed(cell: str) -> None:
    with pytest.raises(CellRefused, match="订单编号"):
        clean_id(cell, "订单编号")


@pytest.mark.parametrize("cell", ["261117-332688327847865", "P-1E5", "abc_DEF", "1e"])
def test_other_forms_of_ids_stay_as_they_are(cell: str) -> None:
    assert clean_id(cell, "id") == cell


@pytest.mark.parametrize("cell", ["1 2", "a\x1b[31m", "9" * 101, "\x00"])
def test_what_is_no_id_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused):
        clean_id(cell, "id")


@given(st.text(max_size=60))
def test_an_id_is_printable_without_blanks_or_it_is_refused(cell: str) -> None:
    try:
        found = clean_id(cell, "id")
    except CellRefused:
        return
    assert found.isprintable()
    assert " " not in found
    assert clean_id(found, "id") == found


@given(st.integers(min_value=0, max_value=10**39))
def test_a_whole_number_keeps_every_digit(number: int) -> None:
    assert clean_id(str(number), "id") == str(number)


@pytest.mark.parametrize(
    ("cell", "forms"),
    [
        ("2026-11-16 10:26:00", ("datetime",)),
        ("2026/11/16 10:26", ("datetime",)),
        ("2026-11-16T10:26:00+08:00", ("datetime",)),
        ("2026-11-16T02:26:00Z", ("datetime",)),
        ("2026年11月16日 10:26", ("datetime",)),
        ("２０２６-11-16 10：26：00", ("datetime",)),
        ("16/11/2026 10:26", ("day_first",)),
        ("1794795960", ("unix_s", "datetime", "unix_ms")),
        ("1794795960000", ("unix_s", "datetime", "unix_ms")),
    ],
)
def test_a_time_is_read_in_the_forms_that_the_map_names(cell: str, forms: tuple[str, ...]) -> None:
    assert clean_time(cell, "评价时间", forms, SHANGHAI) == 1_794_795_960_000


@pytest.mark.parametrize("cell", ["yesterday", "2026-13-40", "0001-01-01", "20261116", "99999999999999999999"])
def test_what_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused, match="评价时间"):
        clean_time(cell, "评价时间", ("datetime", "unix_s", "unix_ms"), SHANGHAI)


@pytest.mark.parametrize(
    ("cell", "number", "extension", "virtual"),
    [
        ("'14001516737", "14001516737", None, False),
        ("+86 138-0000-1234", "13800001234", None, False),
        ("18877771111-123", "18877771111", "123", True),
        ("13812345678转1234", "13812345678", "1234", True),
        ("18400913965，7576", "18400913965", "7576", True),
        ("0757-12345678", "075712345678", None, False),
        ("075712345678-801", "075712345678", "801", False),
    ],
)
def test_a_telephone_number_is_taken_apart(cell: str, number: str, extension: str | None, virtual: bool) -> None:
    phone = clean_phone(cell, "联系手机")
    assert phone is not None
    assert (phone.number, phone.extension, phone.virtual) == (number, extension, virtual)
    assert phone.expires_at is None


@pytest.mark.parametrize("cell", ["", "138****2211", "无", "-"])
def test_what_nobody_can_dial_is_no_number(cell: str) -> None:
    assert clean_phone(cell, "联系手机") is None


def test_a_number_whose_digits_are_lost_is_refused() -> None:
    with pytest.raises(CellRefused):
        clean_phone("1.38E+10", "联系手机")


def test_a_text_as_long_as_no_review_is_refused() -> None:
    with pytest.raises(CellRefused):
        clean_text("长" * 1_000_000, "评论内容")


@given(st.text(alphabet=st.characters(), max_size=40))
def test_every_text_that_is_kept_can_be_stored(text: str) -> None:
    storable(text).encode()
    assert "\x00" not in storable(text)
    assert "\n" not in clean_line(text)
    clean_line(text).encode()


@pytest.mark.parametrize(("nick", "nobody"), [("s**5", True), ("", True), ("匿名用户", True), ("莉莉爱逛街", False)])
def test_a_masked_nick_names_nobody(nick: str, nobody: bool) -> None:
    assert masked(nick) is nobody
