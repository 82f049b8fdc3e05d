"""What holds on every screen that a test passes: no handler of what screens are made from runs twice for one event.

The framework calls the handlers of every class itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest

from screens.base import DeskScreen
from screens.case_listing import CaseListScreen
from screens.listing import ListScreen


@pytest.fixture(autouse=True)
def base_handlers_run_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test on whose screens a handler of a base ran twice for one event."""
    runs: Counter[tuple[str, int, int]] = Counter()
    seen: list[object] = []  # kept, so that no two things share an identity

    def counted(name: str, handler: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(handler)
        def counting(screen: DeskScreen[Any], *event: object) -> Any:
            seen.extend((screen, *event))
            runs[f"{type(screen).__name__}: {name}", id(screen), id(event[0]) if event else 0] += 1
            return handler(screen, *event)

        return counting

    for base in (DeskScreen, ListScreen, CaseListScreen):
        for name, handler in list(vars(base).items()):
            if name.startswith("on_"):
                monkeypatch.setattr(base, name, counted(f"{base.__name__}.{name}", handler))
    yield
    assert {what: times for (what, _screen, _event), times in runs.items() if times > 1} == {}
