"""Keys of one's own: they hold when they can, and are named when they cannot."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.acts import Act
from widgets.keys import NO_KEY, is_letter, is_text, key_of, keymap, settle, why_not


def act(id: str, keys: str = "") -> Act:
    return Act(id, keys, "x", "Label", "Help.")


CLAIM, NEXT, OPEN = act("x.claim", "space,c"), act("x.next", "f2"), act("x.open", "enter")
ACTS = (CLAIM, NEXT, OPEN)
LIST = (act("list.down", "down,j"), act("list.open", "enter"))


def keys_by_id(*acts: Act) -> dict[str, list[str]]:
    return {each.id: each.all_keys() for each in acts}


def test_without_wishes_every_act_keeps_its_keys() -> None:
    settled = settle(ACTS, {}, parts=LIST)
    assert (settled.acts, settled.parts, settled.troubles) == (ACTS, LIST, ())


def test_two_acts_can_change_places() -> None:
    settled = settle(ACTS, {"x.claim": "f2", "x.next": "space"})
    assert keys_by_id(*settled.acts) == {"x.claim": ["f2"], "x.next": ["space"], "x.open": ["enter"]}
    assert settled.troubles == ()


def test_an_act_that_wants_the_key_of_another_keeps_its_default_and_both_are_named() -> None:
    settled = settle(ACTS, {"x.claim": "f2"})
    assert settled.acts[0] == CLAIM
    assert [(each.act, each.what) for each in settled.troubles] == [("x.claim", "F2 is on x.next as well.")]


def test_two_acts_that_want_the_same_key_both_keep_their_defaults() -> None:
    settled = settle(ACTS, {"x.claim": "f5", "x.next": "f5"})
    assert settled.acts == ACTS
    assert {each.act for each in settled.troubles} == {"x.claim", "x.next"}


def test_a_letter_that_moves_the_list_is_not_free() -> None:
    assert settle(ACTS, {"x.claim": "j"}, parts=LIST).acts == ACTS
    assert settle(ACTS, {"x.claim": "j"}).acts[0].keys == "j"


def test_a_key_that_two_acts_share_from_the_start_is_no_trouble() -> None:
    assert settle(ACTS, {"x.open": "enter,f5"}, parts=LIST).troubles == ()


def test_a_digit_that_picks_what_stands_there_is_not_free() -> None:
    assert "picks" in settle(ACTS, {"x.claim": "1"}, digits="123").troubles[0].what


def test_a_field_keeps_what_is_text() -> None:
    keep = act("field.keep", "enter")
    assert settle((), {"field.keep": "a"}, parts=(keep,)).parts == (keep,)
    assert settle((), {"field.keep": "f5"}, parts=(keep,)).parts[0].keys == "f5"


@pytest.mark.parametrize(
    "key",
    ["f1", "F4", "f10", "f11", "F12", "ctrl+i", "ctrl+m", "Ctrl-J", "ctrl+h", "ctrl+[", "ctrl+c", "alt+x", "wibble"],
)
def test_keys_that_do_not_arrive_are_refused_with_the_reason(key: str) -> None:
    settled = settle(ACTS, {"x.claim": key})
    assert settled.acts == ACTS
    assert settled.troubles[0].what.endswith(".")


@pytest.mark.parametrize(
    ("told", "key"),
    [("Esc", "escape"), ("PgDn", "pagedown"), ("F5", "f5"), ("/", "slash"), (":", "colon"), ("Ctrl-T", "ctrl+t"),
     (",", "comma"), (" Enter ", "enter"), ("a", "a"), ("A", "A"), ("backtab", "shift+tab")],
)  # fmt: skip
def test_keys_may_be_written_as_people_write_them(told: str, key: str) -> None:
    assert key_of(told) == key
    assert why_not(key) == ""


@pytest.mark.parametrize("sign", string.punctuation + string.ascii_letters + string.digits)
def test_every_sign_of_the_keyboard_is_a_key_and_text_in_a_field(sign: str) -> None:
    assert why_not(key_of(sign)) == ""
    assert is_text(key_of(sign))


def test_what_moves_or_leaves_is_no_text() -> None:
    assert is_text("space")
    assert not any(map(is_text, ("enter", "escape", "f2", "ctrl+p", "down", "shift+tab")))


def test_letters_can_be_switched_off() -> None:
    quit_ = act("x.quit", "q")
    settled = settle((CLAIM, quit_), {}, letters=False, parts=LIST)
    assert keys_by_id(*settled.acts, *settled.parts) == {
        "x.claim": ["space"], "x.quit": [], "list.down": ["down"], "list.open": ["enter"],
    }  # fmt: skip
    assert keymap(LIST, settled.parts) == {"list.down": "down"}
    assert keymap((quit_,), settled.acts[1:]) == {"x.quit": NO_KEY}


def test_an_act_that_is_given_only_letters_keeps_its_default_where_letters_are_off() -> None:
    settled = settle(ACTS, {"x.next": "n"}, letters=False)
    assert settled.acts[1] == NEXT
    assert settled.troubles[0].act == "x.next"


WISHED = st.dictionaries(
    st.sampled_from(["x.claim", "x.next", "x.open", "list.down", "list.open"]),
    st.sampled_from(["space", "f2", "enter", "j", "f5,k", "f1", "1", "c,f2", "down"]),
)


@settings(max_examples=40)
@given(WISHED, st.booleans())
def test_whatever_is_wished_no_key_is_shared_that_was_not_before(wished: dict[str, str], letters: bool) -> None:
    settled = settle(ACTS, wished, letters=letters, parts=LIST, digits="1")
    holders: dict[str, set[str]] = {}
    for each in (*settled.acts, *settled.parts):
        for key in each.all_keys():
            holders.setdefault(key, set()).add(each.id)
            assert why_not(key) == ""
            assert letters or not is_letter(key)
    assert all(len(those) == 1 or (key, those) == ("enter", {"x.open", "list.open"}) for key, those in holders.items())
    told = {each.act for each in settled.troubles}
    for each in (*settled.acts, *settled.parts):
        if each.id in wished and each.id not in told:
            assert set(each.all_keys()) <= set(wished[each.id].split(","))
