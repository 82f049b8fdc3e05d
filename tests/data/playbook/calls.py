"""What the playbook tests share: the shipped playbooks, facts to start from, and a small playbook to break."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from data.playbook.facts import REMEDIES, CallFacts
from data.playbook.format import Playbook
from data.playbook.load import from_text, load, shipped
from data.playbook.run import Run, choose, raise_objection, start

SMALL = """
id = "small"
title = "Small"
version = 3
language = "en"

[entries]
first_contact = "hello"

[variables]
name = "the buyer"
product = "the item"

[[stage]]
id = "open"
title = "Open"

[[stage]]
id = "ask"
title = "Ask"

[[node]]
id = "hello"
stage = "open"
say = ["Hello, {name}?"]
choices = [
  { key = 1, label = "yes", to = "sorry", marks = ["identity"] },
  { key = 2, label = "no", to = "bye" },
]

[[node]]
id = "sorry"
stage = "open"
say = ["Sorry about {product}.", "We got {product} wrong."]
apology = true
marks = ["listened"]
choices = [
  { key = 1, label = "agreed", to = "ask", remedy = "accepted" },
  { key = 2, label = "go on", to = "sorry", times = 2 },
  { key = 3, label = "nothing", to = "bye" },
]

[[node]]
id = "ask"
stage = "ask"
say = ["You may update your review, or add to it."]
again = ["It is up to you."]
asks_review = true
when = { platform = { can_ask = true }, refusals = { max = 0 }, review_asked = { max = 0 } }
otherwise = "bye"
choices = [
  { key = 1, label = "yes", to = "bye", time = "today 20:00" },
  { key = 2, label = "no", raises = "O1" },
  { key = 3, label = "let it be", to = "bye" },
]

[[node]]
id = "bye"
stage = "ask"
say = ["Thank you, goodbye."]
choices = [{ key = 1, label = "end", to = "over" }]

[[node]]
id = "over"
stage = "ask"
ending = { line = "right_party", standing = ["undecided"], hint = "later" }

[[leave]]
say = ["Goodbye."]
ending = { line = "right_party", standing = ["undecided"] }

[[objection]]
id = "O1"
label = "Will not change it"
refusal = true
rungs = ["once", "firm"]

[[objection.node]]
id = "once"
say = ["Understood. Anything else to solve?"]
choices = [
  { key = 1, label = "go on", to = "return" },
  { key = 2, label = "end", to = "over" },
]

[[objection.node]]
id = "firm"
say = ["Understood. Goodbye."]
choices = [{ key = 1, label = "end", to = "over" }]
"""


@cache
def small() -> Playbook:
    """The small playbook as it stands."""
    return from_text(SMALL, "small.toml")


def broken(old: str, new: str) -> Playbook:
    """The small playbook with one passage changed, which must be there once."""
    assert SMALL.count(old) == 1, f"{old!r} is there {SMALL.count(old)} times"
    return from_text(SMALL.replace(old, new), "small.toml")


@cache
def all_shipped() -> tuple[Playbook, ...]:
    """Every playbook that comes with the program."""
    return tuple(load(path) for path in shipped())


def chinese() -> Playbook:
    """The shipped Chinese playbook."""
    return next(playbook for playbook in all_shipped() if playbook.id == "standard.zh")


def facts() -> st.SearchStrategy[CallFacts]:
    """Every kind of case that a call may start from."""
    return st.builds(
        CallFacts,
        platform=st.sampled_from(["taobao", "pdd", "other"]),
        cause=st.sampled_from([None, "Q1", "X2", "V1", "L1", "U3", "M1"]),
        can_revise=st.sampled_from([None, True, False]),
        can_append=st.sampled_from([None, True, False]),
        refusals_before=st.integers(0, 3),
        objections_before=st.dictionaries(st.sampled_from(["O1", "O3", "O5"]), st.integers(0, 4)),
        review_asked_before=st.integers(0, 2),
        remedy_state=st.sampled_from(REMEDIES),
        attempt=st.integers(1, 4),
        promised_before=st.booleans(),
        reopened=st.booleans(),
    )


def walk(playbook: Playbook, case: CallFacts, acts: str) -> Run:
    """The run after acts written as `1 1 O3 2`."""
    run = start(playbook, case)
    for act in acts.split():
        run = raise_objection(playbook, run, act) if act.startswith("O") else choose(playbook, run, int(act))
    return run
