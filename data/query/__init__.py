"""The typed query: `grade:bad due:<2h owner:none 开线`, in English and Chinese, as agents type it into the search.

Terms with blanks between them must all hold. A term is a word (found as the search finds it), words in quotation
marks, or a key with a colon and a value; commas part values of which one must hold, `-` before a term turns it
round, and after `!` stands what must not hold all together. `parse` reads what was typed, `text` writes it in its
one canonical form, `meaning` says what it asks of a case, `sql` and `holds` ask it.
"""

from data.query.lexicon import Known
from data.query.meaning import Standpoint, meaning
from data.query.parse import parse
from data.query.text import text
from data.query.tree import Query

__all__ = ["Known", "Query", "Standpoint", "meaning", "parse", "text"]
