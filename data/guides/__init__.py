"""How a buyer revises a review, or adds to it, where the platform lets them: dated steps, one at a time.

`data/guides/*.toml` hold the steps with their source, the month in which they were last seen to hold, and how sure we
are. What a platform is not known to allow has no guide.
"""

from data.guides.load import Guide, in_one_line, offered, shipped, with_own

__all__ = ["Guide", "in_one_line", "offered", "shipped", "with_own"]
