"""Search in Chinese from one character on: an index of two-character grams, and B-trees for ids and nicks.

What is searched: the review's text and what was appended, the product's title, the variant (anywhere in them);
the nick (from its beginning); order and tracking numbers (from the beginning, or the last digits), review ids (from
the beginning). Words with blanks between them must all be found. The dialect of this room is SQLite's.
"""

from data.search.finding import Scope, find
from data.search.folding import fits
from data.search.index import STEP, Progress, index_range, optimise, progress, register, reindex
from data.search.jump import exact

__all__ = [
    "STEP",
    "Progress",
    "Scope",
    "exact",
    "find",
    "fits",
    "index_range",
    "optimise",
    "progress",
    "register",
    "reindex",
]
