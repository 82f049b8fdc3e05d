"""The catalogues say what the code says, in both languages."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from tests.tools.catalogues import (
    WHOLE,
    Catalogue,
    Code,
    Message,
    compiled,
    compiled_path,
    languages,
    left_over,
    listed,
    merge,
    missing,
    placeholders,
    texts_in_code,
    troubles,
    unlike_placeholders,
    write,
)

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n'


@cache
def program_texts() -> Code:
    """All texts of the program: not read before a test asks, as every worker imports this module."""
    return texts_in_code()


def test_no_text_is_put_together_inside_the_call() -> None:
    assert not program_texts().unreadable, "\n" + "\n".join(program_texts().unreadable)


def test_every_text_in_the_code_has_a_chinese_wording() -> None:
    found = missing(program_texts(), merge(WHOLE))
    assert not found, "no wording in data/locales/zh_CN for:\n" + listed(found)


@pytest.mark.parametrize("language", languages())
def test_no_wording_is_left_over(language: str) -> None:
    found = left_over(program_texts(), merge(language))
    assert not found, f"{language} has wording for texts that no code has:\n" + listed(found)


@pytest.mark.parametrize("language", languages())
def test_fragments_are_whole_and_never_disagree(language: str) -> None:
    found = merge(language).troubles
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("language", languages())
def test_placeholders_are_those_of_the_text(language: str) -> None:
    found = unlike_placeholders(merge(language))
    assert not found, "\n" + listed(found)


@pytest.mark.parametrize("language", languages())
def test_the_compiled_catalogue_is_what_the_fragments_say(language: str) -> None:
    behind = compiled_path(language).read_bytes() != compiled(merge(language))
    assert not behind, f"{language} is behind its fragments; run: make catalogues"


def small_project(root: Path, code: str, **fragments: str) -> Path:
    (root / "data" / "locales" / "zh_CN").mkdir(parents=True)
    (root / "data" / "room.py").write_text(code, encoding="utf-8")
    for name, text in fragments.items():
        (root / "data" / "locales" / "zh_CN" / f"{name}.po").write_text(HEADER + text, encoding="utf-8")
    return root


def test_a_compiled_catalogue_is_read_by_gettext_and_is_the_same_every_time() -> None:
    wording: dict[Message, tuple[str, ...]] = {
        Message("Claim"): ("认领",),
        Message("{n} case", "{n} cases"): ("{n} 单",),
        Message("Open", context="state"): ("待办",),
    }
    first = compiled(Catalogue("zh_CN", wording, {}, []))
    assert first == compiled(Catalogue("zh_CN", dict(reversed(wording.items())), {}, []))
    read = gettext.GNUTranslations(BytesIO(first))
    assert read.gettext("Claim") == "认领"
    assert read.ngettext("{n} case", "{n} cases", 3) == "{n} 单"
    assert read.pgettext("state", "Open") == "待办"
    assert read.gettext("Unknown") == "Unknown"


def test_every_kind_of_text_is_found_and_a_joined_one_is_refused(tmp_path: Path) -> None:
    code = (
        "A = N_('marked')\n"
        "_('one' ' text'); _(A); _(NAMES[x]); ngettext('a', 'b', n); pgettext('c', 'd')\n"
        "_(f'hello {name}')\n_('a' + b)\n_('x'.format())\n"
    )
    found = texts_in_code(small_project(tmp_path, code))
    assert set(found.places) == {
        Message("marked"),
        Message("one text"),
        Message("a", "b"),
        Message("d", context="c"),
    }
    assert [each.split(":")[1] for each in found.unreadable] == ["3", "4", "5"]


def test_each_trouble_is_named(tmp_path: Path) -> None:
    root = small_project(
        tmp_path,
        "_('Claim'); _('Held by {name}'); _('New')",
        inbox='\nmsgid "Claim"\nmsgstr "认领"\n\nmsgid "Held by {name}"\nmsgstr "{nick} 已认领"\n',
        call='\nmsgid "Claim"\nmsgstr "领取"\n\nmsgid "Gone"\nmsgstr "没了"\n\nmsgid "Gone"\nmsgstr "没了"\n',
    )
    said = "\n".join(troubles(root))
    assert "'Claim' is ('领取',) in call.po and ('认领',) in inbox.po" in said
    assert "data/room.py\n    line 1: 'New'" in said
    assert "call.po\n    'Gone'" in said
    assert "inbox.po\n    'Held by {name}' -> '{nick} 已认领'" in said
    assert "call.po has an entry twice" in said
    assert "make catalogues" in said


def test_writing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    root = small_project(tmp_path, "_('Claim')", inbox='\nmsgid "Claim"\nmsgstr "认领"\n')
    assert [path.name for path in write(root)] == ["amends.mo"]
    assert list(write(root)) == []
    assert list(troubles(root)) == []


def test_placeholders_are_names_and_percent_fields() -> None:
    assert placeholders("{a} {b!r} %(c)s %s 100%") == {"a", "b", "%(c)s", "%s"}
