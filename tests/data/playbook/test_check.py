"""For each kind of finding: break a sound playbook in that way, and see it found where it was broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.errors import PlaybookError
from data.lint import KINDS
from data.playbook.check import check, load_checked
from data.playbook.load import from_text
from tests.data.playbook.calls import SMALL, broken, chinese, small

ASK_GUARD = "when = { platform = { can_ask = true }, refusals = { max = 0 }, review_asked = { max = 0 } }"
YES = '{ key = 1, label = "yes", to = "sorry", marks = ["identity"] }'
AGREED = '{ key = 1, label = "agreed", to = "ask", remedy = "accepted" }'
SORRY = 'say = ["Sorry about {product}.", "We got {product} wrong."]'
END_OF_BYE = 'choices = [{ key = 1, label = "end", to = "over" }]\n\n[[node]]'

BROKEN = [
    ("duplicate id", 'id = "sorry"', 'id = "hello"', "hello"),
    ("unknown target", '"nothing", to = "bye"', '"nothing", to = "by"', "sorry"),
    ("unknown target", 'raises = "O1"', 'raises = "O9"', "ask"),
    ("unknown target", 'first_contact = "hello"', 'first_contact = "hallo"', ""),
    ("unknown target", 'rungs = ["once", "firm"]', 'rungs = ["once", "firmly"]', "O1"),
    ("unknown target", 'otherwise = "bye"', 'otherwise = "goodbye"', "ask"),
    ("wrong way in", '"nothing", to = "bye"', '"nothing", to = "firm"', "sorry"),
    ("unknown stage", 'id = "sorry"\nstage = "open"', 'id = "sorry"\nstage = "opening"', "sorry"),
    ("no entry", '[entries]\nfirst_contact = "hello"', "", ""),
    ("no polite exit", '[[leave]]\nsay = ["Goodbye."]', "[[leave]]\nwhen = { reopened = true }\nsay = ['Bye.']", ""),
    ("no polite exit", '[[leave]]\nsay = ["Goodbye."]', "[[leave]]", ""),
    ("repeats the question", 'again = ["It is up to you."]\n', "", "ask"),
    ("repeats the question", "It is up to you.", "Would you update your review?", "ask"),
    ("dead end", 'rungs = ["once", "firm"]', "rungs = []", "O1"),
    ("dead end", END_OF_BYE, END_OF_BYE.replace("}", ", times = 1 }"), "bye"),
    ("dead end", END_OF_BYE, "\n[[node]]", "bye"),
    ("unknown name", YES, YES.replace("}", ", when = { marks = { calm = true } } }"), "hello"),
    ("unknown name", YES, YES.replace("}", ", when = { counters = { sighs = { min = 1 } } } }"), "hello"),
    ("unknown name", YES, YES.replace("}", ", when = { raised = { O7 = { min = 1 } } } }"), "hello"),
    ("endless loop", '"go on", to = "sorry", times = 2', '"go on", to = "sorry"', "sorry"),
    (
        "endless loop",
        '"Understood. Goodbye."]\nchoices = [{ key = 1, label = "end", to = "over" }]',
        '"Understood. Goodbye."]\nchoices = [{ key = 1, label = "end", to = "return" }]',
        "firm",
    ),
    ("asks before identity", YES, YES.replace(', marks = ["identity"]', ""), "ask"),
    ("asks before listening", 'marks = ["listened"]\n', "", "ask"),
    ("asks before an apology", "apology = true\n", "", "ask"),
    ("asks before the remedy is settled", AGREED, AGREED.replace(', remedy = "accepted"', ""), "ask"),
    ("asks before the remedy is settled", '"accepted"', '"offered"', "ask"),
    ("asks after a refusal", ASK_GUARD, ASK_GUARD.replace("refusals = { max = 0 }, ", ""), "ask"),
    ("asks after a refusal", ASK_GUARD, ASK_GUARD.replace("refusals = { max = 0 }", "refusals = { max = 1 }"), "ask"),
    ("asks twice", ASK_GUARD, ASK_GUARD.replace(", review_asked = { max = 0 }", ""), "ask"),
    ("asks for what cannot be", ASK_GUARD, ASK_GUARD.replace("platform = { can_ask = true }, ", ""), "ask"),
    ("order before identity", "Hello, {name}?", "Hello, {name}, about {product}?", "hello"),
    ("order before identity", 'say = ["Goodbye."]', 'say = ["We will see to {product}."]', "leave"),
    ("stray return", '"nothing", to = "bye"', '"nothing", to = "return"', "sorry"),
    ("unreachable", '[[node]]\nid = "bye"', '[[node]]\nid = "idle"\nsay = ["Hm."]\n\n[[node]]\nid = "bye"', "idle"),
    ("never open", '{ key = 2, label = "no", to = "bye" },', '{ key = 1, label = "no", to = "bye" },', "hello"),
    ("nothing to say", 'say = ["Thank you, goodbye."]\n', "", "bye"),
    ("unknown variable", "Sorry about {product}", "Sorry about {produkt}", "sorry"),
    ("unknown variable", 'name = "the buyer"', 'name = "the buyer"\nnick = "x"', ""),
    ("no fallback", 'product = "the item"\n', "", "sorry"),
    ("long line", "Sorry about {product}.", "Sorry about {product}. " * 9, "sorry"),
    ("delete_offer", "Sorry about {product}.", "You could delete the review.", "sorry"),
    ("delete_offer", "Sorry about {product}.", "您把差评删了就行。", "sorry"),
    ("pleading", "Sorry about {product}.", "拜托您了。", "sorry"),
    ("certain grade", "Sorry about {product}.", "A five-star rating would help.", "sorry"),
    ("blame_or_insult", "Sorry about {product}.", "Why did you write such a review?", "sorry"),
    ("tied benefit", "Sorry about {product}.", "您评价一改,我们就退款。", "sorry"),
    ("tied benefit", "Sorry about {product}.", "For your review we send {remedy}.", "sorry"),
    (
        "long line",
        "You may update your review",
        "You may update your review, as you like it best" + ", or not" * 60,
        "ask",
    ),
    ("asks for what cannot be", "You may update your review, or add to it.", "You may update your review.", "ask"),
    ("asks for what cannot be", "You may update your review, or add to it.", "You may add to your review.", "ask"),
    ("same words", '"We got {product} wrong."', '"Sorry about {product}."', "sorry"),
    ("other language", "Sorry about {product}.", "对不起,{product}。", "sorry"),
    (
        "wide choice",
        '"nothing", to = "bye"',
        '"nothing", goes = "back to the very beginning of it all, once more, '
        'with all that was said before in mind", to = "bye"',
        "sorry",
    ),
    (
        "benefit_for_review",
        '"nothing", to = "bye"',
        '"no", goes = "refund only after the review is changed", to = "bye"',
        "sorry",
    ),
    ("personal_data", '"nothing", to = "bye"', '"call 13800138000", to = "bye"', "sorry"),
    ("off_platform", "Sorry about {product}.", "Add me on WeChat and we settle it there.", "sorry"),
    ("credentials", "Sorry about {product}.", "Please tell me your password.", "sorry"),
    ("threat", "Sorry about {product}.", "We will sue you.", "sorry"),
    ("benefit_for_review", 'product = "the item"', 'product = "a refund once you change the review"', "product"),
    ("unmarked question", "Sorry about {product}.", "Would you change your review?", "sorry"),
]


IDS = [f"{each[0]} {number}" for number, each in enumerate(BROKEN)]


@pytest.mark.parametrize(("kind", "old", "new", "node"), BROKEN, ids=IDS)
def test_what_is_broken_is_found_where_it_was_broken(kind: str, old: str, new: str, node: str) -> None:
    found = [finding for finding in check(broken(old, new)).findings if finding.kind == kind]
    assert found, f"{kind} was not found"
    finding = next((each for each in found if each.node == node), None)
    assert finding is not None, f"{kind} was found at {[each.node for each in found]}"
    assert finding.file == "small.toml"
    assert finding.line >= 1
    assert finding.what
    assert finding.mend


def test_a_playbook_without_stages_is_told_so() -> None:
    text = re.sub(r'\[\[stage\]\]\nid = ".*"\ntitle = ".*"\n', "", SMALL)
    assert "no stage" in {finding.kind for finding in check(from_text(text)).findings}


def test_the_page_about_the_proof_names_every_kind_that_a_test_breaks_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "playbook-proof.md").read_text("utf-8")
    table = [line for line in page.splitlines() if line.startswith("| `")]
    told = {kind for line in table for kind in re.findall("`(.+?)`", line.split("|")[1])}
    elsewhere = {"no ending", "no stage", "too large", "missing in a language"}
    assert told == ({each[0] for each in BROKEN} - set(KINDS)) | elsewhere


def test_the_small_playbook_is_sound() -> None:
    assert [str(finding) for finding in check(small()).findings] == []


def test_a_node_from_which_nothing_ends_is_found() -> None:
    text = SMALL.replace('"nothing", to = "bye"', '"nothing", to = "maze"') + (
        '\n[[node]]\nid = "maze"\nsay = ["Hm."]\nchoices = [{ key = 1, label = "on", to = "maze" }]\n'
    )
    kinds = {(finding.kind, finding.node) for finding in check(from_text(text)).findings}
    assert {("endless loop", "maze"), ("no ending", "maze")} <= kinds


def test_a_guard_that_is_only_sometimes_true_does_not_save_a_dead_end() -> None:
    text = SMALL.replace(END_OF_BYE, END_OF_BYE.replace("}", ", when = WHEN }"))
    sound = text.replace("WHEN", "{ refusals = { min = 0 } }")
    assert check(from_text(sound)).findings == ()
    sometimes = text.replace("WHEN", "{ reopened = true }")
    assert [finding.node for finding in check(from_text(sometimes)).findings if finding.kind == "dead end"] == ["bye"]


def test_a_finding_shows_a_way_to_get_there() -> None:
    (found,) = (
        finding
        for finding in check(broken(AGREED, AGREED.replace(', remedy = "accepted"', ""))).findings
        if finding.kind == "asks before the remedy is settled"
    )
    assert "hello 1 sorry 1 → ask" in found.what


@pytest.mark.long
def test_an_objection_raised_before_the_question_does_not_open_a_way_round_the_guards() -> None:
    text = chinese().text.replace("refusals = { max = 0 }, review_asked", "review_asked", 1)
    text = text.replace("marks = { identity = true }, remedy", "remedy", 1)
    found = {(finding.node, finding.kind) for finding in check(from_text(text)).findings}
    assert ("question", "asks after a refusal") in found


def test_findings_stand_at_the_line_of_the_choice() -> None:
    playbook = broken('"nothing", to = "bye"', '"nothing", to = "by"')
    (found,) = check(playbook).findings
    assert SMALL.splitlines()[found.line - 1].strip().startswith("{ key = 3")


def test_a_checked_playbook_with_findings_is_refused_with_the_first(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL.replace('"nothing", to = "bye"', '"nothing", to = "by"'), encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"mine\.toml, line \d+, “sorry”: .*“by”"):
        load_checked(path)
    path.write_text(SMALL, encoding="utf-8")
    assert load_checked(path).id == "small"
