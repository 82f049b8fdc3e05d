"""How a call reads when there is little room."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import zone
from data.playbook.facts import CallFacts
from data.playbook.run import choose, line, objections, options, start
from tests.playbooks import standard
from tests.screens.shop import NOW, case_page, case_row
from widgets.call_lines import script_lines, side_lines
from widgets.lines import line_width, plain

SHANGHAI = zone("Asia/Shanghai")
PLAYBOOK = standard("zh_CN")


@given(
    keys=st.lists(st.integers(min_value=0, max_value=7), max_size=9),
    cells=st.integers(min_value=38, max_value=120),
    rows=st.integers(min_value=14, max_value=40),
)
@settings(max_examples=40)
def test_what_to_say_and_every_choice_stay_however_small_the_screen(keys: list[int], cells: int, rows: int) -> None:
    run = start(PLAYBOOK, CallFacts(can_revise=True))
    for key in keys:
        open_now = options(PLAYBOOK, run)
        if not open_now:
            break
        run = choose(PLAYBOOK, run, open_now[key % len(open_now)].key, "20:00")
    said, choices = line(PLAYBOOK, run, {}), options(PLAYBOOK, run)
    lines = script_lines(
        said, choices, objections(PLAYBOOK, run), "14001516737", ended=not choices, cells=cells, rows=rows
    )
    text = [plain(each) for each in lines]
    assert all(line_width(each) <= cells for each in lines if plain(each).strip().startswith("▌"))
    assert "".join(each.strip().lstrip("▌ ") for each in text if "▌" in each).replace(" ", "") == said.say.replace(
        " ", ""
    )
    for choice in choices:
        assert any(each.strip().startswith(f"{choice.key} ") for each in text)
    if len(choices) + 8 + -(-len(said.say) * 2 // (cells - 4)) <= rows:
        assert len(lines) <= rows


def test_where_the_script_names_what_was_agreed_and_nobody_has_picked_it_the_key_that_does_is_told() -> None:
    run = replace(start(PLAYBOOK, CallFacts()), place="confirm")

    def told(words: dict[str, str]) -> str:
        said = line(PLAYBOOK, run, words)
        lines = script_lines(
            said, options(PLAYBOOK, run), (), "", ended=False, cells=80, rows=20, remedy_key="F5"
        )  # fmt: skip
        return "\n".join(map(plain, lines))

    assert "F5" in told({"due": "今天"})
    assert "F5" not in told({"due": "今天", "remedy": "换一件"})


def test_what_the_buyer_added_to_the_review_stands_beside_the_script() -> None:
    page = case_page(case_row(1), appended_text="现在放心用", appended_at=NOW)
    lines = side_lines(page, "", now=NOW, zone=SHANGHAI, cells=35)
    assert "“现在放心用”" in "\n".join(map(plain, lines))
    assert all(line_width(each) <= 35 for each in lines)
