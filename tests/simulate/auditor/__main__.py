"""Audit a database: python -m tests.simulate.auditor PATH ENDED_AT, where the end is in UTC milliseconds."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.simulate.auditor.report import audit


def main() -> int:
    """1 when anything was found."""
    report = audit(Path(sys.argv[1]), int(sys.argv[2]))
    print("\n".join(report.figures))
    print("\n".join(map(str, report.findings[:200])))
    print(f"{len(report.findings):,} findings")
    return int(bool(report.findings))


if __name__ == "__main__":
    sys.exit(main())
