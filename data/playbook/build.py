"""Tables of a playbook file become its frozen parts: nodes, choices, guards, objections, sub-graphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeGuard

from data.language import _
from data.outcomes import LineResult, Standing
from data.playbook.asked import FACTS, GROUPS, Kind
from data.playbook.facts import FAMILIES
from data.playbook.format import KEYS, Choice, EndingRule, Node, Objection, Sub, Words
from data.playbook.guards import (
    ALWAYS,
    FLAGS,
    PLATFORM_FLAGS,
    RANGES,
    REMEDY_WORDS,
    Guard,
    Test,
    remedy_words,
)
from data.playbook.places import Block
from data.playbook.reading import Table
from data.times import readable

MOST_TIMES = 9

_NAME = re.compile(r"\w[\w-]{0,59}")
_SIMPLE = frozenset({"key", "label", "goes", "to"})
_DOTTED = ("platform", "marks", "raised", "counters")
_OBJECTION = re.compile(r"O[1-9]\d?")


def node_from(held: object, block: Block, file: str, home: str) -> Node:
    """A node of the main graph (`home` empty), of an objection, or of a sub-graph."""
    table = Table(held, block, file)
    node_id = _name(table, "id")
    table.node = node_id
    choices = tuple(
        _choice(each, table, block.choices[index] if index < len(block.choices) else block.line)
        for index, each in enumerate(table.tables("choices"))
    )
    ending = table.raw("ending")
    node = Node(
        id=node_id,
        stage=table.text("stage"),
        purpose=table.text("purpose"),
        say=table.texts("say"),
        lines=tuple(words_from(each, table) for each in table.tables("lines")),
        again=table.texts("again"),
        listen=table.text("listen"),
        avoid=table.text("avoid"),
        record=table.text("record"),
        choices=choices,
        when=guard_from(table),
        otherwise=table.text("otherwise"),
        asks_review=table.flag("asks_review"),
        reminds=table.flag("reminds"),
        apology=table.flag("apology"),
        about_order=table.flag("about_order"),
        marks=_names(table, "marks"),
        counts=_names(table, "counts"),
        remedy=_remedy(table),
        ending=None if ending is None else _ending(Table(ending, block, file, node_id)),
        home=home,
        file=file,
        line=block.line,
    )
    table.done()
    if node.when and not node.otherwise:
        what = _("a node with “when” needs “otherwise”.")
        table.wrong("when", what, _("Name the node to go to when the guard does not hold."))
    if node.ending is not None and node.choices:
        table.wrong("ending", _("a node that ends the call has no choices."), _("Take out the one or the other."))
    return node


def objection_from(held: object, block: Block, file: str) -> tuple[Objection, list[object]]:
    """An objection and the tables of its own nodes."""
    table = Table(held, block, file)
    objection_id = table.text("id", None)
    if not _OBJECTION.fullmatch(objection_id):
        table.wrong("id", _("an objection is called O1 to O99."), _("Rename it."))
    table.node = objection_id
    found = Objection(
        number=int(objection_id[1:]),
        id=objection_id,
        label=table.text("label", None),
        short=table.text("short"),
        search=table.texts("search"),
        when=guard_from(table),
        refusal=table.flag("refusal"),
        rungs=table.texts("rungs"),
        file=file,
        line=block.line,
    )
    inner = table.tables("node")
    table.done()
    return found, inner


def sub_from(held: object, block: Block, file: str) -> tuple[Sub, list[object]]:
    """A sub-graph and the tables of its nodes."""
    table = Table(held, block, file)
    sub_id = _name(table, "id")
    table.node = sub_id
    if _OBJECTION.fullmatch(sub_id):
        table.wrong("id", _("a sub-graph may not be called like an objection."), _("Rename it."))
    found = Sub(sub_id, table.text("title"), table.text("entry", None), file, block.line)
    inner = table.tables("node")
    table.done()
    return found, inner


def leaf_parts(table: Table) -> tuple[Guard, tuple[str, ...], EndingRule]:
    """What a `[[leave]]` says: when, the farewell, the likely outcome."""
    when, say = guard_from(table), table.texts("say")
    return when, say, _ending(Table(table.raw("ending") or {}, table.block, table.file))


def guard_from(table: Table, key: str = "when") -> Guard:
    """The guard of a table; without one it always holds."""
    held = table.raw(key)
    if held is None:
        return ALWAYS
    inner = Table(held, table.block, table.file, table.node, table.line)
    return Guard(tuple(_tests(inner)))


def _tests(table: Table) -> Iterator[Test]:
    for name in table.names():
        value = table.raw(name)
        if name in FLAGS:
            yield Test(name, is_=table.flag(name))
        elif name in RANGES:
            yield _range(name, value, table)
        elif name == "cause":
            yield Test(name, among=_known(table, name, _is_cause))
        elif name in FACTS:
            yield from _fact(name, name, table)
        elif name in GROUPS and isinstance(value, dict):
            yield from _group(name, Table(value, table.block, table.file, table.node, table.line))
        elif name == "remedy":
            words = _known(table, name, lambda word: word in REMEDY_WORDS)
            yield Test(name, among=remedy_words(words))
        elif name in _DOTTED:
            yield from _dotted(name, Table(value, table.block, table.file, table.node, table.line))
        else:
            what = _("a guard cannot ask “{name}”.").format(name=name[:40])
            known = ", ".join((*_DOTTED, "cause", *GROUPS, "preset", "entry", *RANGES, *FLAGS))
            table.wrong("when", what, _("It can ask: {known}.").format(known=known))


def _group(group: str, table: Table) -> Iterator[Test]:
    for key in table.names():
        name = f"{group}.{key}"
        if name in FACTS:
            yield from _fact(name, key, table)
        elif name == "remedy.state":
            words = _known(table, key, lambda word: word in REMEDY_WORDS)
            yield Test("remedy", among=remedy_words(words))
        else:
            what = _("a guard cannot ask “{name}”.").format(name=name[:40])
            known = ", ".join((*GROUPS[group], *(("state",) if group == "remedy" else ())))
            table.wrong("when", what, _("It can ask: {known}.").format(known=known))


def _fact(name: str, key: str, table: Table) -> Iterator[Test]:
    fact = FACTS[name]
    if fact.kind is Kind.FLAG:
        yield Test(name, is_=table.flag(key))
    elif fact.kind is Kind.WORD:
        yield Test(name, among=_known(table, key, lambda word: word in fact.words))
    else:
        yield _range(name, table.raw(key), table)


def _dotted(name: str, table: Table) -> Iterator[Test]:
    for key in table.names():
        full = f"{name}.{key}"
        if (name == "platform" and key in PLATFORM_FLAGS) or name == "marks":
            yield Test(full, is_=table.flag(key))
        elif full == "platform.name":
            yield Test(full, among=_known(table, key, lambda word: bool(_NAME.fullmatch(word))))
        elif name in ("raised", "counters"):
            yield _range(full, table.raw(key), table)
        else:
            what = _("a guard cannot ask “{name}”.").format(name=full[:40])
            table.wrong("when", what, _("Of a platform it can ask: can_revise, can_append, can_ask, name."))


def _range(name: str, value: object, table: Table) -> Test:
    inner = Table(value, table.block, table.file, table.node, table.line)
    low = inner.whole("min", 0, 0, 1000) if inner.has("min") else None
    high = inner.whole("max", 0, 0, 1000) if inner.has("max") else None
    inner.done()
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        what = _("“{name}” needs a min, a max, or both.").format(name=name)
        table.wrong("when", what, _("Write min = 1 or max = 0 between braces."))
    return Test(name, low=low, high=high)


def _known(table: Table, key: str, is_known: Callable[[str], bool]) -> frozenset[str]:
    words = frozenset(table.texts(key))
    unknown = sorted(word for word in words if not is_known(word))
    if unknown or not words:
        what = _("“{key}” does not know “{word}”.").format(key=key, word=unknown[0][:40] if unknown else "")
        table.wrong("when", what, _("Look at the shipped playbook for the words that it knows."))
    return words


def _is_cause(word: str) -> bool:
    return word in FAMILIES.values() or bool(re.fullmatch(f"[{''.join(FAMILIES)}]\\d{{1,2}}", word))


def _choice(held: object, node: Table, line: int) -> Choice:
    if isinstance(held, dict) and held.keys() <= _SIMPLE and "to" in held:
        key, label, goes, to = held.get("key"), held.get("label"), held.get("goes", ""), held["to"]
        # Most choices say no more than this, and a large playbook has many of them.
        if type(key) is int and key in KEYS and _printable(label) and _printable(goes) and _printable(to) and to:
            return Choice(key, label, goes, to, line=line)
    table = Table(held, Block(line), node.file, node.node)
    choice = Choice(
        key=table.whole("key", None, KEYS[0], KEYS[-1]),
        label=table.text("label", None),
        goes=table.text("goes"),
        to=table.text("to"),
        sub=table.text("sub"),
        then=table.text("then"),
        raises=table.text("raises"),
        when=guard_from(table),
        marks=_names(table, "marks"),
        counts=_names(table, "counts"),
        remedy=_remedy(table),
        refusal=table.flag("refusal"),
        time=table.text("time"),
        times=table.whole("times", 0, 1, MOST_TIMES),
        line=line,
    )
    table.done()
    if sum(map(bool, (choice.to, choice.sub, choice.raises))) != 1 or bool(choice.sub) != bool(choice.then):
        what = _("a choice needs exactly one of “to”, “raises”, or “sub” with “then”.")
        table.wrong("", what, _("Name the one place it leads to."))
    if choice.time and not readable(choice.time):
        what = _("“{time}” is not a time that can be agreed.").format(time=choice.time[:40])
        table.wrong("", what, _("Write it as “today 20:00”, “tomorrow same”, “+3d” or “exact”."))
    return choice


def _printable(held: object) -> TypeGuard[str]:
    return isinstance(held, str) and held.isprintable()


def words_from(held: object, node: Table) -> Words:
    """Lines of a node for where a guard holds."""
    table = Table(held, node.block, node.file, node.node)
    found = Words(table.texts("say"), guard_from(table))
    table.done()
    if not found.say or not found.when:
        table.wrong("lines", _("each of “lines” needs “when” and “say”."), _("Put plain lines under “say”."))
    return found


def _ending(table: Table) -> EndingRule:
    found = EndingRule(table.text("line", None), table.texts("also"), table.texts("standing"), table.text("hint"))
    table.done()
    lines, standings = set(LineResult), set(Standing)
    for code in (found.line, *found.also):
        if code not in lines:
            what = _("“{code}” is not a result of a line.").format(code=code[:40])
            table.wrong("ending", what, _("Use one of: {known}.").format(known=", ".join(sorted(lines))))
    for code in found.standing:
        if code not in standings:
            what = _("“{code}” is not a standing of a case.").format(code=code[:40])
            table.wrong("ending", what, _("Use one of: {known}.").format(known=", ".join(sorted(standings))))
    if not found.standing:
        table.wrong("ending", _("an ending needs a standing."), _("Say where the case then stands."))
    return found


def _name(table: Table, key: str) -> str:
    name = table.text(key, None)
    if not _NAME.fullmatch(name) or name == "return":
        table.wrong(key, _("“{name}” is not a name.").format(name=name[:40]), _("Use letters, digits, - and _."))
    return name


def _names(table: Table, key: str) -> tuple[str, ...]:
    names = table.texts(key)
    for name in names:
        if not _NAME.fullmatch(name):
            what = _("“{name}” is not a name.").format(name=name[:40])
            table.wrong(key, what, _("Use letters, digits, - and _."))
    return names


def _remedy(table: Table) -> str:
    word = table.text("remedy")
    if word and (word not in REMEDY_WORDS or word == "settled"):
        what = _("a remedy cannot be “{word}”.").format(word=word[:40])
        table.wrong("remedy", what, _("Use offered, accepted, declined, explained or none."))
    return word
