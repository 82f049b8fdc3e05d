"""The command line: what each command prints, and what a mistake gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.language import choose_language
from tests.data.playbook.calls import SMALL
from tui import say
from tui.main import main
from tui.options import Options, leading_flags


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that sees nothing of this machine, in English."""
    monkeypatch.setenv("AMENDS_DATABASE", str(tmp_path / "amends.db"))
    monkeypatch.setenv("AMENDS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("AMENDS_AGENT", "lili")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path


def program(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    command = [sys.executable, "-c", "import sys; from tui.main import main; sys.exit(main())", *arguments]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, encoding="utf-8", check=False)


def test_where_prints_the_files_of_this_run(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["database"] == str(room / "amends.db")
    assert facts["config"] == str(room / "settings.toml")
    assert facts["agent"] == "lili"
    assert facts["language"] == "en"
    assert facts["exists"] == {"config": False, "database": False, "demo_database": False, "log": False}
    assert list(room.iterdir()) == []


def test_where_says_the_same_in_words(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where"]) == 0
    said = capsys.readouterr().out
    assert str(room / "amends.db") in said
    assert "not there yet" in said


@pytest.mark.parametrize("before", [True, False])
def test_global_flags_stand_before_the_command_or_after_it(
    room: Path, capsys: pytest.CaptureFixture[str], before: bool
) -> None:
    flags = ["--database", str(room / "other.db"), f"--config={room / 'other.toml'}", "--agent", "阿明"]
    (room / "other.toml").write_text('[general]\nlanguage = "zh_CN"\n', encoding="utf-8")
    assert main([*flags, "where", "--json"] if before else ["where", "--json", *flags]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["database"] == str(room / "other.db")
    assert (facts["agent"], facts["language"]) == ("阿明", "zh_CN")


def test_where_still_helps_when_the_settings_are_wrong(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (room / "settings.toml").write_text("[contakt]\n", encoding="utf-8")
    assert main(["where"]) == 1
    said = capsys.readouterr()
    assert str(room / "settings.toml") in said.out
    assert said.err.count("\n") == 1
    assert "contact" in said.err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("amends ")


@pytest.mark.parametrize("wrong", [["fly"], ["where", "--fly"], ["--database"], ["where", "x"]])
def test_wrong_usage_is_one_line_and_status_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(wrong) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("amends: ")
    assert said.err.count("\n") == 1


def test_help_and_mistakes_are_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["--help"]) == 0
    assert "用法:amends" in capsys.readouterr().out
    assert main(["where", "--fly"]) == 2
    assert "不认识的参数" in capsys.readouterr().err


def test_the_flags_before_a_command_are_read_without_a_parser() -> None:
    options = Options({})
    assert leading_flags(["--database", "a.db", "--agent=lili"], options)
    assert (options.database, options.agent, options.config) == ("a.db", "lili", None)
    assert leading_flags([], Options({}))
    assert not leading_flags(["--database"], Options({}))
    assert not leading_flags(["--agent", "lili", "where"], Options({}))


def test_the_agent_is_the_flag_then_the_environment_then_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "desk1")
    options = Options({"AMENDS_AGENT": "lili"})
    assert options.login() == "lili"
    options.agent = "阿明"
    assert options.login() == "阿明"
    assert Options({}).login() == "desk1"


def test_an_unexpected_error_is_one_sentence_and_its_traceback_is_in_the_log(room: Path) -> None:
    code = (
        "import sys; from tui import main\n"
        "def fall(*_): raise RuntimeError('a\\x1b[31mb')\n"
        "main._run = fall; sys.argv = ['amends']; sys.exit(main.main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(room / "amends.log") in done.stderr
    assert "RuntimeError" in (room / "amends.log").read_text(encoding="utf-8")


def test_a_reader_who_has_seen_enough_is_no_error(room: Path) -> None:
    code = "import sys; from tui.main import main; sys.argv = ['amends', 'where']; sys.exit(main())"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
    assert not (room / "amends.log").exists()


def test_output_that_a_terminal_cannot_show_is_escaped_not_fatal(room: Path) -> None:
    (room / "settings.toml").write_text('[general]\nlanguage = "zh_CN"\n', encoding="utf-8")
    done = program("where", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "\\u" in done.stdout


def test_json_holds_nothing_that_acts_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\x1b[31m\x9b2J\u202eb\u200b太短了"
    say.print_json({"text": hostile})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"text": hostile}
    assert "太短了" in printed
    assert all(sign.isprintable() or sign == "\n" for sign in printed)


def test_the_log_is_private_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    log = tmp_path / "deep" / "amends.log"
    choose_language("en")
    assert say.keep_traceback(ValueError("x"), log) == log
    if os.name == "posix":
        assert log.stat().st_mode & 0o777 == 0o600
    log.write_text("x" * 2_000_000, encoding="utf-8")
    say.keep_traceback(ValueError("y"), log)
    assert log.stat().st_size < 10_000
    assert (tmp_path / "deep" / "amends.log.old").exists()


def test_a_playbook_that_cannot_be_read_is_one_sentence_and_status_1(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = room / "mine.toml"
    broken.write_text("id = \n", encoding="utf-8")
    assert main(["playbook", "lint", str(broken), str(room / "nowhere.toml")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 2
    assert f"{broken}, line 1" in said.err
    assert str(room / "nowhere.toml") in said.err


def test_every_playbook_in_use_is_without_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["playbook", "lint", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)["playbooks"]
    assert len(facts) == 2
    assert all(each["findings"] == [] and each["states"] > 0 for each in facts)


def test_a_playbook_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["playbook", "show"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 20
    assert main(["playbook", "show", "--as", "mermaid"]) == 0
    assert capsys.readouterr().out.startswith("flowchart TD\n")
    assert main(["playbook", "show", "--as", "dot"]) == 0
    assert capsys.readouterr().out.startswith("digraph ")
    assert main(["playbook", "show", "--as", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["edges"]


def test_a_playbook_is_shown_in_the_language_of_the_shop_or_the_one_that_is_told(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def shown(*told: str) -> str:
        assert main([*told]) == 0
        return capsys.readouterr().out.splitlines()[0]

    abroad = room / "abroad.toml"
    abroad.write_text('[general]\nlanguage = "zh_CN"\n[shop]\nplatform = "judgeme"\n', encoding="utf-8")
    assert "standard.en" in shown("--config", str(abroad), "playbook", "show")
    assert "standard.zh" in shown("--config", str(abroad), "playbook", "show", "--language", "zh")


def test_the_ways_through_a_playbook_are_told_with_the_bound_on_steps(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = room / "mine.toml"
    mine.write_text(SMALL, encoding="utf-8")
    assert main(["playbook", "walk", str(mine), "--count", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["steps"] > 6
    ways = told["entries"]["first_contact"]
    assert [step["node"] for step in ways["likeliest"][0]["steps"]] == ["hello", "sorry", "ask", "bye"]
    assert len(ways["longest"]["steps"]) == 6
    assert main(["playbook", "walk", str(mine)]) == 0
    said = capsys.readouterr().out
    assert "hello  1 yes" in said
    assert "after at most" in said


def test_a_playbook_that_is_not_sound_is_not_walked(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = room / "mine.toml"
    mine.write_text(SMALL.replace('"nothing", to = "bye"', '"nothing", to = "by"'), encoding="utf-8")
    assert main(["playbook", "walk", str(mine)]) == 1
    assert "“by”" in capsys.readouterr().err
    assert main(["playbook", "lint", str(mine), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["playbooks"]
    assert {"file", "line", "node", "kind", "what", "mend"} == set(told["findings"][0])


def test_what_a_playbook_lacks_in_another_language_is_found(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for code, language, old in (("en", "en", "nothing"), ("zh", "xx", "")):
        text = SMALL.replace('id = "small"', f'id = "small.{code}"', 1).replace('"en"', f'"{language}"')
        text = text.replace('  { key = 3, label = "nothing", to = "bye" },\n', "") if old else text
        (room / f"{code}.toml").write_text(text, encoding="utf-8")
        files.append(str(room / f"{code}.toml"))
    assert main(["playbook", "lint", *files, "--json"]) == 1
    lacking, whole = json.loads(capsys.readouterr().out)["playbooks"]
    assert [each["kind"] for each in lacking["findings"]] == ["missing in a language"]
    assert whole["findings"] == []


@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_terminal_the_workstation_says_so_and_makes_nothing(room: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from tui.main import main; sys.exit(main())", *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("amends: No terminal: ")
    assert len(done.stderr.splitlines()) == 1
    assert list(room.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_under_the_output_is_one_sentence(room: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from tui.main import main; sys.exit(main())", "where"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("amends: Output cut off: ")
    assert len(done.stderr.splitlines()) == 1
    assert list(room.iterdir()) == []


def test_a_closed_output_is_no_error() -> None:
    code = "import os; os.close(1); import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    inner = [sys.executable, "-c", "import sys; from tui.main import main; sys.exit(main())", "where"]
    done = subprocess.run([sys.executable, "-c", code, *inner], stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_ways_by_the_calls_of_no_days_are_refused(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = room / "mine.toml"
    mine.write_text(SMALL, encoding="utf-8")
    assert main(["playbook", "walk", str(mine), "--days", "0"]) == 1
    assert "No span of time" in capsys.readouterr().err
