from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from data.errors import SourceError
from data.sources.text import open_text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("评论ID,评分\r\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "评论ID,评分\r\n".encode(), "utf-8-sig"),
        ("评论ID,评分\r\n".encode("utf-16"), "utf-16"),
        ("订单编号,买家会员名\r\n".encode("gb18030"), "gb18030"),
        ("一只𠮷,😀\r\n".encode("gb18030"), "gb18030"),
        (b"plain,ascii\n", "utf-8"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, raw: bytes, encoding: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(raw)
    file = open_text(path)
    try:
        assert file.encoding == encoding
        assert file.stream.read().isprintable() is False
    finally:
        file.close()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old form"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("评论ID,评分".encode() * 5 + b"\xff\n", "damaged at byte"),
        (b"\xff\xffnot text\xff", "neither UTF-8 nor GB18030"),
        (codecs.BOM_UTF8 + b"ok\x00", "damaged"),
        (b"late,nul\n" * 40_000 + b"\x00", "neither"),
    ],
)
def test_what_is_no_text_is_refused_with_one_sentence(tmp_path: Path, raw: bytes, says: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    with pytest.raises(SourceError, match=says) as refused:
        open_text(path)
    assert "file.csv" in refused.value.what
    assert refused.value.remedy


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        open_text(tmp_path / "nothing.csv")
    with pytest.raises(SourceError, match="folder"):
        open_text(tmp_path)
