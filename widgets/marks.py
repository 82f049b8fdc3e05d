"""Which cases are marked for one act on all of them; the marks stay while the list pages and shows another view."""

from __future__ import annotations

from collections.abc import Iterable

from data.several import AT_MOST


class Marks:
    """Marked cases by number, in the order in which they were marked; at most as many as one act may be about."""

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}
        self._before: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The marked cases."""
        return tuple(self._ids)

    @property
    def before(self) -> tuple[int, ...]:
        """The cases that were marked when the marks were cleared last."""
        return self._before

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._ids

    def add(self, case_ids: Iterable[int]) -> int:
        """Mark these too, as far as there is room; how many were not marked before."""
        had = len(self._ids)
        for case_id in case_ids:
            if len(self._ids) >= AT_MOST:
                break
            self._ids[case_id] = None
        return len(self._ids) - had

    def take(self, case_id: int) -> bool:
        """Take the mark of a case away; False when it had none."""
        if case_id not in self._ids:
            return False
        del self._ids[case_id]
        return True

    def clear(self) -> None:
        """Take all marks away, so that `bring_back` can set them again."""
        if self._ids:
            self._before, self._ids = self.ids, {}

    def bring_back(self) -> int:
        """Mark again what was marked before; how many cases that adds."""
        return self.add(self._before)
