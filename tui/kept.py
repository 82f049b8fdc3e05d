"""What stays in memory to the end: the collector of cycles need not walk over it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = 30
"""How many looks at what is young go by before one at everything in the middle of work; ten by default."""


@contextmanager
def held_back() -> Iterator[None]:
    """Nothing is looked for on the way to the first rows, a tenth of which it would take; `kept_for_good` ends that."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def kept_for_good() -> Iterator[None]:
    """What is there by now, and what is loaded within, stays to the end: nobody walks over it ever again.

    What little of it could be given back is not worth the look: it would hold up the first keys.
    """
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
    gc.enable()
    yield
    gc.freeze()
