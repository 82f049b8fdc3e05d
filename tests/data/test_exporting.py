from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from data.errors import SourceError
from data.exporting import KINDS, export_to_path, export_to_stream
from data.protocols import Disposition
from data.reads.exports import FIELDS
from data.vocabulary import Channel
from tests.data.casework.desk import Desk as AtWork
from tests.data.imports import Desk
from tests.data.sources.files import order_file, order_row, pdd_file, pdd_row, taobao_file, taobao_row

TEXTS = ("csv", "json")
HOSTILE = '=HYPERLINK("http://x")\x1b[31m\u202e\u200b,"引号"\r\n第二行'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "shop.db")
    files = tmp_path / "files"
    files.mkdir()
    desk.take(
        taobao_file(files / "t", [taobao_row(1, content=HOSTILE), taobao_row(2, result="good")]),
        order_file(files / "o", [order_row(1), order_row(2)]),
        pdd_file(files / "p", [pdd_row(1, 描述得分=3)]),
    )
    return desk


def exported(desk: Desk, kind: str, form: str) -> bytes:
    out = io.BytesIO()
    export_to_stream(desk.store, kind, form, out)
    return out.getvalue()


def test_cases_as_json_hold_the_fields_that_other_programs_rely_on(desk: Desk) -> None:
    found = json.loads(exported(desk, "cases", "json"))
    assert [case["platform"] for case in found] == ["taobao", "pdd"]
    first = found[0]
    relied_on = (
        "platform shop review_id order_id product rating grade text created_at state result cause owner contacts "
        "promised_at"
    )
    assert set(relied_on.split()) <= set(first)
    assert (first["review_id"], first["order_id"]) == ("6551659781106698201", "4604347058083367301")
    assert (first["rating"], first["grade"], first["state"]) == (1, "bad", "new")
    assert (first["text"], first["created_at"]) == (HOSTILE, "2026-11-16T10:26:00+08:00")
    assert (first["result"], first["owner"], first["promised_at"], first["contacts"]) == (None, None, None, 0)


def test_cases_as_csv_are_safe_in_a_spreadsheet_and_keep_their_ids(desk: Desk) -> None:
    raw = exported(desk, "cases", "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert first["review_id"] == '="6551659781106698201"'
    assert first["text"].startswith("'=HYPERLINK")
    assert "\x1b" not in first["text"]
    assert second["order_id"] == "261117-332688327847801"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", TEXTS)
def test_an_export_of_nothing_is_whole_too(tmp_path: Path, kind: str, form: str) -> None:
    raw = exported(Desk(tmp_path / "empty.db"), kind, form).decode("utf-8-sig")
    if form == "json":
        assert json.loads(raw) == []
    else:
        assert next(csv.reader([raw])) == list(FIELDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_json_acts_on_a_terminal(desk: Desk, kind: str) -> None:
    text = exported(desk, kind, "json").decode()
    assert all(sign == "\n" or sign.isprintable() for sign in text)


def test_the_log_is_exported_without_personal_data(desk: Desk) -> None:
    for form in TEXTS:
        text = exported(desk, "events", form).decode("utf-8-sig")
        assert "case_opened" in text
        assert not any(secret in text for secret in ("朱小勇", "14001516701", "和平路", "s**5", "HYPERLINK"))


def test_a_file_appears_only_when_it_is_whole(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out" / "cases.csv"
    with pytest.raises(SourceError, match=r"cases\.csv"):
        export_to_path(desk.store, "cases", "csv", target)
    target.parent.mkdir()
    assert export_to_path(desk.store, "cases", "csv", target) == 2
    assert target.read_bytes() == exported(desk, "cases", "csv")
    assert [path.name for path in target.parent.iterdir()] == ["cases.csv"]


def test_outcomes_say_what_a_record_lacks_and_why_it_stays_so(tmp_path: Path) -> None:
    work = AtWork(tmp_path / "work.db")
    contact = work.casework.start_contact(work.case(), Channel.CHAT)
    work.casework.record_outcome(contact, Disposition("replied", "in_talk", lacks=("cause", "note"), why="no_time"))
    out = io.BytesIO()
    export_to_stream(work.store, "outcomes", "json", out)
    (found,) = json.loads(out.getvalue())
    assert (found["lacks"], found["lacks_why"], found["incoming"]) == ("cause,note", "no_time", 0)
    work.store.close()
    work.world.connection.close()
