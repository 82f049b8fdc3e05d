"""What the framework calls by itself is not called again: it runs the handlers of every class, subclasses first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HANDLER = re.compile(r"_?on_(?!event$)\w+")
"""A handler's name; `on_event` is an ordinary method that a class may well hand on."""


def calls() -> Iterator[tuple[str, ast.Call, ast.Attribute]]:
    """Every call of a method in what stands on a screen and in the tests, with where it is."""
    for folder in ("screens", "widgets", "tui", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, node.func


def test_no_handler_calls_the_one_of_its_base_which_would_run_twice() -> None:
    again = [
        where
        for where, _call, method in calls()
        if HANDLER.fullmatch(method.attr) and isinstance(method.value, ast.Call)
        and isinstance(method.value.func, ast.Name) and method.value.func.id == "super"
    ]  # fmt: skip
    assert again == []


def test_work_behind_is_given_as_a_function_so_that_what_never_begins_leaves_nothing_unawaited() -> None:
    begun = [
        where
        for where, call, method in calls()
        if method.attr == "run_worker" and call.args and isinstance(call.args[0], ast.Call)
        and not (isinstance(call.args[0].func, ast.Name) and call.args[0].func.id == "cast")
    ]  # fmt: skip
    assert begun == []
