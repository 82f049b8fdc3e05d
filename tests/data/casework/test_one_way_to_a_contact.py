"""There is one way to start a contact: the code is read, and nothing else writes a row of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FLOORS = ("data", "widgets", "screens", "tui")
THE_WAY = Path("data/casework/contacts.py")
MODELS = Path("data/models/contacts.py")
WRITES = re.compile(r"\b(?:INSERT|REPLACE)\b(?:\s+OR\s+\w+)?\s+INTO\s+[\"'`\[]?contact\b", re.IGNORECASE)
UNCOUNTS = re.compile(r"\bDELETE\s+FROM\s+[\"'`\[]?contact\b", re.IGNORECASE)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_bytes())


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
    assert [path for path, tree in sources() if makes_a_contact(tree)] == [THE_WAY]


def test_no_statement_writes_or_takes_back_a_contact() -> None:
    for path, tree in sources():
        for text in texts(tree):
            assert not WRITES.search(text), path
            assert not UNCOUNTS.search(text), path


def test_the_verb_asks_before_it_writes() -> None:
    tree = ast.parse((ROOT / THE_WAY).read_bytes())
    makers = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and "Contact(" in ast.unparse(node)
    ]  # fmt: skip
    (verb,) = [node for node in makers if any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Contact"
        for call in ast.walk(node)
    )]  # fmt: skip
    lines = {
        name: min(
            call.lineno
            for call in ast.walk(verb)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
        )
        for name in ("may_contact", "Contact")
    }
    assert verb.name == "start_contact"
    assert lines["may_contact"] < lines["Contact"]
    refused = [
        node for node in ast.walk(verb) if isinstance(node, ast.If) and "answer.allowed" in ast.unparse(node.test)
    ]
    assert refused
    assert all(isinstance(node.body[-1], ast.Raise) for node in refused)


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
