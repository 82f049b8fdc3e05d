"""An agent's process without OpenSSL: the standard library takes it along where it finds it, 5 MB in each of them."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

_TAKES_IT: Final = ("asyncio", "hashlib", "hmac")
"""Who imports OpenSSL if it is there, and works as well without it."""


def load_without_openssl() -> None:
    """Load what would take OpenSSL along, as in a Python that was built without it.

    Nothing here speaks to a network, and checksums of a few pages need no library of their own. Whoever imports `ssl`
    later gets it. Where Python cannot do without (one that leaves all checksums to OpenSSL), or what is loaded here was
    loaded before, everything stays as it is.
    """
    own_checksums = find_spec("_md5") and (find_spec("_sha256") or find_spec("_sha2"))
    if not own_checksums or any(name in sys.modules for name in (*_TAKES_IT, "ssl", "_hashlib")):
        return
    # None in the place of a module is how Python is told that there is none.
    sys.modules.update({"ssl": None, "_hashlib": None})  # type: ignore[dict-item]
    try:
        for name in _TAKES_IT:
            __import__(name)
    finally:
        del sys.modules["ssl"], sys.modules["_hashlib"]
