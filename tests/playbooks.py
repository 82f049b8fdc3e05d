"""The shipped playbooks as tests speak them: read once in a process, for nobody changes one."""

from __future__ import annotations

from functools import cache

from data.playbook import load
from data.playbook.format import Playbook


@cache
def standard(language: str) -> Playbook:
    """The standard playbook spoken in a language (`zh_CN` or `en`)."""
    return load.standard(language)
