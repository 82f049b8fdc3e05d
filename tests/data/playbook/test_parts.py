"""Parts that playbooks share, playbooks based on another, and words said otherwise without copying a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import PlaybookError
from data.playbook.check import check
from data.playbook.facts import CallFacts
from data.playbook.format import Playbook
from data.playbook.load import from_text, load
from data.playbook.run import choose, line, objections, start
from tests.data.playbook.calls import SMALL

HELLO = """
title = "Who is it"
exits = ["it_is", "nobody"]

[entries]
start = "hello"
again = "hello_again"

[variables]
name = "whoever answers"
shop = "our shop"

[[node]]
id = "hello"
stage = "open"
say = ["Hello from {shop}, {name}?"]
choices = [
  { key = 1, label = "yes", to = "exit.it_is", marks = ["identity"] },
  { key = 2, label = "once more", to = "hello", times = 1 },
  { key = 3, label = "no", to = "exit.nobody" },
]

[[node]]
id = "hello_again"
stage = "open"
say = ["Me again, {name}."]
choices = [{ key = 1, label = "no", to = "exit.nobody" }]
"""

USING = (
    SMALL.replace('id = "small"', 'include = ["who"]\nid = "small"', 1)
    .replace('first_contact = "hello"', 'first_contact = "who"')
    .replace(
        '[[node]]\nid = "hello"\nstage = "open"\nsay = ["Hello, {name}?"]\nchoices = [\n'
        '  { key = 1, label = "yes", to = "sorry", marks = ["identity"] },\n'
        '  { key = 2, label = "no", to = "bye" },\n]\n',
        '[wire.who]\nit_is = "sorry"\nnobody = "bye"\n',
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    put(tmp_path, "parts/who", HELLO)
    put(tmp_path, "mine", USING)
    return tmp_path


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path) -> str:
    with pytest.raises(PlaybookError) as caught:
        load(folder / "mine.toml")
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_a_part_is_named_after_its_file_and_left_by_its_exits(folder: Path) -> None:
    playbook = load(folder / "mine.toml")
    node = playbook.by_id["who.hello"]
    assert playbook.entries == {"first_contact": "who.hello"}
    assert [choice.to for choice in node.choices] == ["sorry", "who.hello", "bye"]
    assert (Path(node.file).name, node.line) == ("who.toml", HELLO.splitlines().index('id = "hello"'))
    assert [str(each) for each in check(playbook).findings] == []
    assert choose(playbook, start(playbook, CallFacts()), 1).place == "sorry"


def test_a_part_has_one_name_in_every_language_so_that_both_playbooks_are_one_graph(folder: Path) -> None:
    put(folder, "parts/who.zh", HELLO.replace("Me again", "又是我").replace("Hello from", "这里是"))
    put(folder, "mine", USING.replace('include = ["who"]', 'include = ["who.zh"]'))
    playbook = load(folder / "mine.toml")
    assert playbook.by_id["who.hello"].say == ("这里是 {shop}, {name}?",)
    assert from_text(playbook.text).by_id.keys() == playbook.by_id.keys()
    put(folder, "mine", USING.replace('include = ["who"]', 'include = ["who.zh", "who"]'))
    assert "two languages" in refused(folder)


def test_the_playbook_s_own_fallback_goes_before_the_part_s(folder: Path) -> None:
    playbook = load(folder / "mine.toml")
    assert (playbook.variables["name"], playbook.variables["shop"]) == ("the buyer", "our shop")


def test_what_of_a_part_nothing_leads_to_stays_out_and_a_way_in_can_be_named(folder: Path) -> None:
    assert "who.hello_again" not in load(folder / "mine.toml").by_id
    put(folder, "mine", USING.replace('"nothing", to = "bye"', '"nothing", to = "who.again"'))
    assert "who.hello_again" in load(folder / "mine.toml").by_id


def test_what_was_read_is_kept_so_that_no_file_is_needed_any_more(folder: Path) -> None:
    playbook = load(folder / "mine.toml")
    (folder / "parts" / "who.toml").unlink()
    kept = from_text(playbook.text)
    assert (kept.hash, kept.by_id.keys()) == (playbook.hash, playbook.by_id.keys())
    assert "who.toml" in refused(folder)


def test_the_hash_changes_with_a_part(folder: Path) -> None:
    before = load(folder / "mine.toml").hash
    put(folder, "parts/who", HELLO.replace("Hello from", "Good day from"))
    assert load(folder / "mine.toml").hash != before


def test_a_kept_text_with_a_stray_part_is_refused(folder: Path) -> None:
    text = load(folder / "mine.toml").text
    with pytest.raises(PlaybookError, match="nothing includes"):
        from_text(f'{text}#=== parts/other.toml\ntitle = "x"\n')


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("mine", 'nobody = "bye"', "", "“exit.nobody”, and that leads nowhere"),
        ("mine", 'nobody = "bye"', 'nobody = "bye"\nsomebody = "bye"', "no exit “somebody”"),
        ("mine", "[wire.who]", "[wire.whom]", "not included"),
        ("mine", 'first_contact = "who"', 'first_contact = "who.nowhere"', "no such way in"),
        ("mine", 'include = ["who"]', 'include = ["whom"]', "whom.toml"),
        ("mine", 'include = ["who"]', 'include = ["../who"]', "only parts"),
        ("mine", 'include = ["who"]', 'include = ["who", "who"]', "short list"),
        ("parts/who", '"exit.nobody" },\n]', '"bye" },\n]', "neither of this part"),
        ("parts/who", '"exit.nobody" },\n]', '"exit.gone" },\n]', "not one of the part's"),
        ("parts/who", "[entries]", 'include = ["who"]\n[entries]', "includes itself: who → who"),
        ("parts/who", "[entries]", 'include = ["x.toml"]\n[entries]', "includes only parts"),
        ("parts/who", "[entries]", "limits = 3\n[entries]", "not known here"),
        ("parts/who", "[entries]", "#=== parts/x.toml\n[entries]", "may not begin with"),
    ],
)
def test_what_is_wrong_between_files_is_named_with_its_file(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (folder / f"{file}.toml").read_text(encoding="utf-8")
    assert old in text
    put(folder, file, text.replace(old, new, 1))
    found = refused(folder)
    assert said in found
    assert ".toml" in found


def test_an_exit_may_lead_into_another_part_and_on_through_its_exit(folder: Path) -> None:
    put(folder, "parts/other", 'exits = ["on"]\n[entries]\nstart = "x"\n[[node]]\nid = "x"\nsay = "y"\n')
    wired = USING.replace('["who"]', '["who", "other"]').replace('it_is = "sorry"', 'it_is = "other"')
    put(folder, "mine", wired)
    assert load(folder / "mine.toml").by_id["who.hello"].choices[0].to == "other.x"
    put(
        folder,
        "parts/other",
        HELLO.replace("[entries]", 'include = ["who"]\n[wire.who]\nit_is = "exit.it_is"\n[entries]'),
    )
    put(
        folder, "mine", wired.replace('it_is = "other"\n', "") + '[wire.other]\nit_is = "other.start"\nnobody = "bye"\n'
    )
    assert load(folder / "mine.toml").by_id["who.hello"].choices[0].to == "other.hello"


def test_a_sub_graph_of_a_part_is_called_by_its_full_name_and_returns(folder: Path) -> None:
    put(
        folder,
        "parts/guide",
        '[[sub]]\nid = "how"\nentry = "step"\n[[sub.node]]\nid = "step"\nsay = "Open your orders."\n'
        'choices = [{ key = 1, label = "done", to = "return" }]\n',
    )
    text = USING.replace('["who"]', '["who", "guide"]')
    put(folder, "mine", text.replace('"nothing", to = "bye"', '"nothing", sub = "guide.how", then = "bye"'))
    playbook = load(folder / "mine.toml")
    assert playbook.sub_by_id["guide.how"].entry == "guide.step"
    assert playbook.by_id["guide.step"].home == "guide.how"
    assert check(playbook).findings == ()


THEIRS = """
exits = ["end"]

[[objection]]
id = "O1"
label = "Theirs"
rungs = ["it"]

[[objection.node]]
id = "it"
say = "Yes."
choices = [{ key = 1, label = "end", to = "exit.end" }]
"""


def test_the_playbook_s_own_answer_goes_before_a_part_s(folder: Path) -> None:
    put(folder, "parts/theirs", THEIRS)
    put(folder, "mine", USING.replace('["who"]', '["who", "theirs"]') + '\n[wire.theirs]\nend = "over"\n')
    assert [each.label for each in load(folder / "mine.toml").objections] == ["Will not change it"]
    put(folder, "parts/theirs", THEIRS.replace("O1", "O2"))
    playbook = load(folder / "mine.toml")
    assert [each.id for each in playbook.objections] == ["O1", "O2"]
    assert playbook.by_id["theirs.it"].home == "O2"


# ---- said otherwise


def said(playbook: Playbook) -> str:
    return line(playbook, start(playbook, CallFacts()), {"name": "Ann", "shop": "Us"}).say


@pytest.mark.parametrize("header", ['[override."who.hello"]', "[override.who.hello]"])
def test_a_line_is_said_otherwise_without_copying_the_part(folder: Path, header: str) -> None:
    change = f'\n{header}\nsay = ["Is this {{name}}?"]\nchoices = [{{ key = 1, label = "speaking" }}]\n'
    put(folder, "mine", USING + change)
    playbook = load(folder / "mine.toml")
    node = playbook.by_id["who.hello"]
    assert said(playbook) == "Is this Ann?"
    assert [choice.label for choice in node.choices] == ["speaking", "once more", "no"]
    assert (Path(node.file).name, node.line) == ("mine.toml", (USING + change).splitlines().index(header) + 1)
    assert from_text(playbook.text).by_id["who.hello"].say == ("Is this {name}?",)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ('[override."who.hallo"]\nsay = "x"', "Did you mean “who.hello”"),
        ('[override."who.hello"]\nto = "bye"', "not known here"),
        ('[override."who.hello"]\nchoices = [{ key = 7, label = "x" }]', "no choice 7"),
        ('[override."who.hello"]\nchoices = [{ key = 1, to = "bye" }]', "not known here"),
        ('[override."who.hello"]\nsay = [1]', "list of texts"),
        ("[override]\nx = 1", "a table is expected"),
    ],
)
def test_only_words_can_be_said_otherwise_and_the_line_is_named(folder: Path, change: str, wrong: str) -> None:
    put(folder, "mine", f"{USING}\n{change}\n")
    found = refused(folder)
    assert wrong in found
    assert "mine.toml, line" in found


def test_an_objection_is_called_otherwise(folder: Path) -> None:
    put(folder, "mine", USING + '\n[override.O1]\nlabel = "Stays as it is"\nsearch = ["stays"]\n')
    playbook = load(folder / "mine.toml")
    run = choose(playbook, start(playbook, CallFacts()), 1)
    assert [(each.label, each.search) for each in objections(playbook, run)] == [("Stays as it is", ("stays",))]


# ---- based on another


OWN = """
based_on = "mine"
id = "ours"
title = "Ours"
version = 1

[variables]
product = "what you bought"

[override.sorry]
say = ["We are sorry about {product}."]

[[objection]]
id = "O2"
label = "No time"
rungs = ["later"]

[[objection.node]]
id = "later"
say = ["Another time then."]
choices = [{ key = 1, label = "end", to = "over" }]
"""


def test_a_playbook_based_on_another_says_only_what_differs(folder: Path) -> None:
    playbook = load(put(folder, "ours", OWN))
    assert (playbook.id, playbook.language, playbook.stages[0].id) == ("ours", "en", "open")
    assert playbook.by_id["sorry"].say == ("We are sorry about {product}.",)
    assert (playbook.variables["product"], playbook.variables["name"]) == ("what you bought", "the buyer")
    assert {each.id for each in playbook.objections} == {"O1", "O2"}
    assert check(playbook).findings == ()
    (folder / "mine.toml").unlink()
    assert from_text(playbook.text).hash == playbook.hash


def test_a_node_of_the_same_name_takes_the_place_of_the_other(folder: Path) -> None:
    own = '\n[[node]]\nid = "bye"\nsay = "So long."\nchoices = [{ key = 1, label = "end", to = "over" }]\n'
    playbook = load(put(folder, "ours", OWN + own))
    assert playbook.by_id["bye"].say == ("So long.",)
    assert check(playbook).findings == ()


def test_playbooks_based_on_each_other_are_refused(folder: Path) -> None:
    put(folder, "mine", USING.replace('include = ["who"]', 'include = ["who"]\nbased_on = "ours"'))
    put(folder, "ours", OWN)
    assert "based on itself" in refused(folder)


def test_a_shop_s_own_standard_may_be_based_on_the_shipped_one(folder: Path) -> None:
    head = 'based_on = "standard.en"\nid = "ours"\ntitle = "Ours"\nversion = 1\n'
    playbook = load(put(folder, "standard.en", head + '[override.dial]\nsay = ["Hello {name}!"]\n'))
    assert playbook.by_id["dial"].say == ("Hello {name}!",)
    assert check(playbook).findings == ()


def test_a_node_called_like_an_included_part_is_refused(folder: Path) -> None:
    put(folder, "parts/who", HELLO)
    put(folder, "mine", USING.replace('id = "bye"', 'id = "who"').replace('to = "bye"', 'to = "who"'))
    with pytest.raises(PlaybookError, match=r"“who”: the node is called like the part “who”"):
        load(folder / "mine.toml")
