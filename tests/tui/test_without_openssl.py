"""An agent's process does without OpenSSL, and nothing in it is the worse for that."""

from __future__ import annotations

import subprocess
import sys

from tests.terminal import ROOT

_TOLD = """
import sys
from tui.without_openssl import load_without_openssl
{before}
load_without_openssl()
import asyncio, hashlib, hmac
print("ssl" in sys.modules, "_hashlib" in sys.modules, asyncio.run(asyncio.sleep(0, "ran")))
print(hashlib.sha256("回暖".encode()).hexdigest(), hmac.new(b"a", b"b", "sha256").hexdigest())
import ssl
print(ssl.create_default_context() is not None)
"""


def told(before: str = "") -> list[str]:
    command = [sys.executable, "-c", _TOLD.format(before=before)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_event_loop_and_checksums_do_without_it_and_give_the_same() -> None:
    without, with_it = told(), told("import asyncio, hashlib")
    assert without[0] == "False False ran"
    assert with_it[0] == "True True ran"
    assert without[1] == with_it[1]


def test_whoever_asks_for_it_later_gets_it() -> None:
    assert told()[2] == "True"
