"""`amends import` and `amends export` as they are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.files import order_file, order_row, pdd_file, pdd_row, taobao_file, taobao_row
from tui.main import main


@pytest.fixture
def amends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("AMENDS_NOW", "2026-11-20T10:42")
    monkeypatch.setenv("AMENDS_DATABASE", str(tmp_path / "shop.db"))
    monkeypatch.setenv("AMENDS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("AMENDS_AGENT", "lili")

    def call(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode("utf-8-sig"), err.decode()

    return call


def test_files_go_in_and_cases_come_out(amends: Any, tmp_path: Path) -> None:
    files = [
        taobao_file(tmp_path / "t.json", [taobao_row(1), taobao_row(2, result="good")]),
        order_file(tmp_path / "o.csv", [order_row(1)]),
        pdd_file(tmp_path / "p.csv", [pdd_row(1), pdd_row(2, 评论ID="2.6E+18")]),
    ]
    status, out, err = amends("import", *files, "--json")
    told = json.loads(out)["files"]
    wanted = ("source", "read", "new", "changed", "same", "refused")
    assert [tuple(one[name] for name in wanted) for one in told] == [
        ("taobao", 2, 2, 0, 0, 0),
        ("taobao-orders", 1, 1, 0, 0, 0),
        ("pdd", 2, 1, 0, 0, 1),
    ]
    assert [one["file"] for one in told] == [str(file) for file in files]
    assert status == 1
    assert "2.6E+18" in err
    status, out, err = amends("export", "cases", "--format", "json")
    assert (status, err) == (0, "")
    assert [case["review_id"] for case in json.loads(out)] == ["6551659781106698201", "425843771601"]


def test_a_clean_import_ends_with_0_and_a_table(amends: Any, tmp_path: Path) -> None:
    status, out, err = amends("import", pdd_file(tmp_path / "p.csv", [pdd_row(1)]))
    assert (status, err) == (0, "")
    assert out.splitlines()[1].split() == ["1", "1", "0", "0", "0", "pdd", str(tmp_path / "p.csv")]


def test_a_dry_run_makes_no_database(amends: Any, tmp_path: Path) -> None:
    status, out, _err = amends("import", "--dry-run", "--json", pdd_file(tmp_path / "p.csv", [pdd_row(1)]))
    assert (status, json.loads(out)["files"][0]["new"]) == (0, 1)
    assert not (tmp_path / "shop.db").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256))),
        ("latin.csv", b"caf\xff\xfe\xff\n"),
        ("other.csv", b"a,b\n1,2\n"),
        ("lacks.csv", "评论ID,描述得分,商家ID\n1,2,3\n".encode()),
        ("book.xlsx", b"PK\x03\x04"),
        ("\x1b[31mred.csv", b""),
    ],
)
def test_a_bad_file_gets_one_sentence_that_acts_on_nothing(
    amends: Any, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    status, out, err = amends("import", path)
    assert status == 1
    assert err.count("\n") == 1
    assert err.startswith("amends: ")
    assert "Traceback" not in err
    assert "\x1b" not in out + err
    status, out, _err = amends("import", "--json", path)
    assert (status, json.loads(out)["files"][0]["error"] is not None) == (1, True)


def test_an_export_may_go_to_a_file(amends: Any, tmp_path: Path) -> None:
    amends("import", pdd_file(tmp_path / "p.csv", [pdd_row(1)]))
    status, out, err = amends("export", "cases", "-o", tmp_path / "cases.json")
    assert (status, out) == (0, "")
    assert "1 record" in err
    assert len(json.loads((tmp_path / "cases.json").read_text("utf-8"))) == 1
    status, out, _err = amends("export", "events")
    assert out.splitlines()[0].startswith("event_id,at,kind,agent")
    assert out.splitlines()[1].split(",")[3] == "lili"


def test_a_query_chooses_the_cases_that_are_exported(amends: Any, tmp_path: Path) -> None:
    amends("import", pdd_file(tmp_path / "p.csv", [pdd_row(1, 描述得分=3), pdd_row(2, 描述得分=1)]))
    status, out, _err = amends("export", "cases", "--json", "--query", "评级:差 归属:无")
    assert (status, [case["grade"] for case in json.loads(out)]) == (0, ["bad"])
    assert len(json.loads(amends("export", "cases", "--json", "--query", "! grade:bad")[1])) == 1
    assert json.loads(amends("export", "cases", "--json", "--query", "owner:me")[1]) == []
    status, out, err = amends("export", "cases", "--query", "grade:badd")
    assert (status, out) == (1, "")
    assert "Did you mean bad?" in err
    assert amends("export", "events", "--query", "grade:bad")[0] == 2


def test_a_workbook_is_known_by_its_files_ending(amends: Any, tmp_path: Path) -> None:
    amends("import", pdd_file(tmp_path / "p.csv", [pdd_row(1)]))
    for what in ("cases", "outcomes", "events"):
        assert amends("export", what, "-o", tmp_path / f"{what}.xlsx")[0] == 0
        assert amends("export", what, "--format", "xlsx", "-o", tmp_path / f"{what}.dat")[0] == 0
        assert (tmp_path / f"{what}.xlsx").read_bytes().startswith(b"PK")
        assert (tmp_path / f"{what}.dat").read_bytes().startswith(b"PK")


def test_an_export_without_a_database_says_so_and_makes_none(amends: Any, tmp_path: Path) -> None:
    status, out, err = amends("export", "cases")
    assert (status, out) == (1, "")
    assert err.startswith("amends: ")
    assert not (tmp_path / "shop.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("export",),
        ("export", "secrets"),
        ("import", "--shop"),
        ("import", "a.csv", "--undo", "1"),
        ("import", "--batches", "--undo", "1"),
        ("import", "--undo", "x"),
    ],
)
def test_a_wrong_usage_ends_with_2(amends: Any, arguments: tuple[str, ...]) -> None:
    assert amends(*arguments)[0] == 2


def test_an_import_is_listed_tried_and_taken_back_by_its_number(amends: Any, tmp_path: Path) -> None:
    path = taobao_file(tmp_path / "t.json", [taobao_row(1), taobao_row(2, result="good")])
    _status, out, _err = amends("import", "--json", path)
    number = json.loads(out)["files"][0]["batch"]
    status, out, err = amends("import", "--undo", number, "--dry-run", "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told["reviews"], told["cases"], told["left"], told["dry_run"]) == (2, 1, [], True)
    status, out, err = amends("import", "--undo", number)
    assert (status, err) == (0, "")
    assert out.splitlines() == ["Import 1, t.json:", "  2 reviews are gone", "  1 case is gone"]
    status, out, err = amends("import", "--batches", "--json")
    (batch,) = json.loads(out)["batches"]
    assert (batch["batch"], batch["file"], batch["read"], batch["agent"]) == (number, "t.json", 2, "lili")
    assert batch["undone_at"] == "2026-11-20T10:42:00+08:00"
    status, out, err = amends("import", "--batches")
    assert out.splitlines()[1].split() == [
        *("1", "2", "2", "0", "0", "0", "2026-11-20", "10:42", "taobao", "t.json", "(taken", "back)")
    ]
    _status, out, _err = amends("export", "cases", "--format", "json")
    assert json.loads(out) == []
    status, out, _err = amends("import", "--json", path)
    assert (status, json.loads(out)["files"][0]["new"]) == (0, 2)


def test_what_stays_is_named_with_its_reason(amends: Any, tmp_path: Path) -> None:
    first = taobao_file(tmp_path / "1.json", [taobao_row(1)])
    second = taobao_file(tmp_path / "2.json", [taobao_row(1, content="改口")])
    amends("import", first, second)
    status, out, err = amends("import", "--undo", 1)
    assert (status, out.splitlines()) == (1, ["Import 1, 1.json:", "  nothing to take back"])
    assert err == f"  review {taobao_row(1)['oid']} (case 1) stays: a later import has changed it\n"


def test_what_changed_is_told_row_by_row(amends: Any, tmp_path: Path) -> None:
    amends("import", taobao_file(tmp_path / "1.json", [taobao_row(1), taobao_row(2)]))
    later = taobao_file(
        tmp_path / "2.json", [taobao_row(2), taobao_row(1, result="good", content="好了", reply="谢谢")]
    )
    _status, out, _err = amends("import", "--json", later)
    assert json.loads(out)["files"][0]["changes"] == [
        {
            "line": 2,
            "id": taobao_row(1)["oid"],
            "kinds": ["revised", "replied"],
            "grade_before": "bad",
            "grade_after": "good",
        }
    ]
