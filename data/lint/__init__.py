"""The promise linter: what must not leave the shop in writing, nor be kept as a note.

`lint` judges one text. The rules are the `rules.*.toml` files beside this module: words in classes, zones that
excuse (a demand that is only reported, a refusal, a remedy that is said not to depend on the review), and patterns
over them. `standard` gives the shipped rules, `with_own` adds a shop's. Nothing here is needed for the first screen.
"""

from data.lint.check import lint
from data.lint.finding import ANYBODY, AUDIENCES, KINDS, Finding
from data.lint.load import standard, with_own
from data.lint.rules import Rules

__all__ = ["ANYBODY", "AUDIENCES", "KINDS", "Finding", "Rules", "lint", "standard", "with_own"]
