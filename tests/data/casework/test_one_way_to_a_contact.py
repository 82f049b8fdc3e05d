"""There is one way to start a contact: the code is read, and nothing else writes a row of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FLOORS = ("data", "widgets", "screens", "tui")
THE_WAY = Path("data/casework/contacts.py")
CALLS = Path("data/casework/calls.py")
VERBS = ((CALLS, "start_call"), (Path("data/casework/messages.py"), "start_message"))
WRITES = re.compile(r"\b(?:INSERT|REPLACE)\b(?:\s+OR\s+\w+)?\s+INTO\s+[\"'`\[]?contact\b", re.IGNORECASE)
UNCOUNTS = re.compile(r"\bDELETE\s+FROM\s+[\"'`\[]?contact\b", re.IGNORECASE)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_bytes())


def sources(*words: bytes) -> Iterator[tuple[Path, ast.Module]]:
    """Every file of the program in which one of these words stands, in capitals or not."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if any(word in path.read_bytes().lower() for word in words):
                yield path.relative_to(ROOT), parsed(path.relative_to(ROOT))


def names_of_contact(tree: ast.Module) -> set[str]:
    """What the table's class is called in this file, under whatever other name it was imported."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("data.models"):
            found |= {name.asname or name.name for name in node.names if name.name == "Contact"}
    return found


def makes_a_contact(tree: ast.Module) -> bool:
    names = names_of_contact(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in names:
            return True
        if isinstance(called, ast.Attribute) and called.attr == "Contact":
            return True
        # insert(Contact), insert_rows(connection, "contact", …) and the like.
        word = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        if "insert" in word:
            for each in node.args:
                if isinstance(each, ast.Name) and each.id in names:
                    return True
                if isinstance(each, ast.Constant) and each.value == "contact":
                    return True
    return False


def texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(each.value if isinstance(each, ast.Constant) else "?" for each in node.values)  # type: ignore[misc]


def test_only_the_verb_that_asks_the_rules_makes_a_contact() -> None:
    assert [path for path, tree in sources(b"contact") if makes_a_contact(tree)] == [THE_WAY]


def test_no_statement_writes_or_takes_back_a_contact() -> None:
    for path, tree in sources(b"into", b"delete"):
        for text in texts(tree):
            assert not WRITES.search(text), path
            assert not UNCOUNTS.search(text), path


WRITERS = frozenset({"add", "move", "lease", "log", "carry_out", "flush"})
"""What writes, in the code of a verb: of the session, of the act and of its case."""


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)}


def calls_of(node: ast.AST, name: str) -> list[ast.Call]:
    """Where a function is called by its name, alone or of something."""
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Call)
        and (each.func.id if isinstance(each.func, ast.Name) else getattr(each.func, "attr", "")) == name
    ]


def writes_of(node: ast.AST) -> list[int]:
    """The lines in which something is written: a row added, a state moved, an event logged, a field of the case set."""
    lines = [call.lineno for name in WRITERS for call in calls_of(node, name)]
    for each in ast.walk(node):
        targets = (
            each.targets
            if isinstance(each, ast.Assign)
            else [each.target]
            if isinstance(each, ast.AugAssign | ast.AnnAssign)
            else []
        )
        lines += [each.lineno for target in targets if isinstance(target, ast.Attribute)]  # type: ignore[attr-defined]
    return lines


def test_the_verb_asks_before_it_writes() -> None:
    there = functions(THE_WAY)
    makers = [name for name, node in there.items() if calls_of(node, "Contact")]
    assert makers == ["start_contact"]
    verb = there["start_contact"]
    (asked,) = calls_of(verb, "_permitted")
    (guard,) = [
        node for node in verb.body if isinstance(node, ast.If) and any(each is asked for each in ast.walk(node))
    ]
    # Nothing but the buyer having called goes past the question, and nothing is written before it.
    assert ast.unparse(guard.test) == "not incoming"
    assert isinstance(guard.body[0], ast.Expr)
    assert guard.body[0].value is asked
    assert min(writes_of(verb)) > asked.lineno


def test_the_question_refuses_before_it_writes() -> None:
    question = functions(THE_WAY)["_permitted"]
    refused = [
        node for node in question.body if isinstance(node, ast.If) and ast.unparse(node.test) == "not answer.allowed"
    ]
    assert len(refused) == 1
    assert isinstance(refused[0].body[0], ast.Raise)
    (answered,) = [
        node for node in question.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "answer"
    ]
    assert calls_of(answered.value, "may_contact")
    assert answered.lineno < refused[0].lineno < min(writes_of(question))


def test_every_verb_that_begins_one_goes_that_way_before_it_writes() -> None:
    for path, name in VERBS:
        verb = functions(path)[name]
        (started,) = calls_of(verb, "start_contact")
        assert min(writes_of(verb), default=started.lineno + 1) > started.lineno, name


def test_only_a_call_can_be_one_that_the_buyer_began() -> None:
    for path, tree in sources(b"start_contact"):
        for call in calls_of(tree, "start_contact"):
            if any(each.arg == "incoming" for each in call.keywords):
                assert path == CALLS, path
                assert ast.unparse(call.args[2]) == "Channel.PHONE"


def test_the_reader_of_the_code_sees_what_it_looks_for() -> None:
    for text in (
        "from data.models import Contact\nContact(case_id=1)",
        "from data.models import Contact as Attempt\nAttempt(case_id=1)",
        "import data.models as m\nm.Contact(case_id=1)",
        "from data.models import Contact\nsession.execute(insert(Contact))",
        "insert_rows(connection, 'contact', COLUMNS, rows)",
    ):
        assert makes_a_contact(ast.parse(text))
    assert not makes_a_contact(ast.parse("from data.settings import Contact\nContact()"))
    assert WRITES.search("insert or ignore into contact (id) values (1)")
    assert not WRITES.search("INSERT INTO contact_rule (id) VALUES (1)")
