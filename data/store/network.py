"""Whether a file lies on a network file system, where several machines cannot share SQLite's WAL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

_NETWORK = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "drvfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
        "webdav",
    }
)
_NETWORK_FUSE = ("sshfs", "rclone", "s3fs", "davfs", "glusterfs", "smbnetfs", "curlftpfs", "gcsfuse", "osxfuse")
_DRIVE_REMOTE = 4

Mounts = Iterable[tuple[str, str]]
"""Pairs of mount point and kind of file system."""


def proc_mounts(text: str) -> list[tuple[str, str]]:
    """What /proc/mounts says; blanks in names are written there as octal escapes."""
    mounts = []
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            point = fields[1]
            for escape, plain in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
                point = point.replace(escape, plain)
            mounts.append((point, fields[2]))
    return mounts


def listed_mounts(text: str) -> list[tuple[str, str]]:
    """What the `mount` command of macOS and the BSDs says: `device on point (kind, options)`."""
    mounts = []
    for line in text.splitlines():
        _device, on, rest = line.partition(" on ")
        point, paren, options = rest.rpartition(" (")
        if on and paren:
            mounts.append((point, options.split(",")[0].rstrip(")")))
    return mounts


def network_kind(path: Path, mounts: Mounts) -> str | None:
    """The kind of network file system that holds the path, or None on a local disk; of two mounts on one
    point the later one counts."""
    whole = PurePosixPath(path)
    depth, kind = -1, ""
    for point, found in mounts:
        place = PurePosixPath(point)
        if len(place.parts) >= depth and whole.is_relative_to(place):
            depth, kind = len(place.parts), found
    kind = kind.lower()
    if kind in _NETWORK or (kind.startswith("fuse") and any(name in kind for name in _NETWORK_FUSE)):
        return kind
    return None


def network_file_system(path: Path) -> str | None:
    """The kind of network file system on which a file lies or would lie, or None when it is local or unknown."""
    if sys.platform == "win32":
        return _windows_share(path)
    whole = path.resolve()
    try:
        mounts = proc_mounts(Path("/proc/self/mounts").read_text("utf-8", "surrogateescape"))
    except OSError:
        # No /proc: macOS or a BSD. Without an answer from `mount` the file counts as local.
        try:
            told = subprocess.run(["/sbin/mount"], capture_output=True, timeout=2, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        mounts = listed_mounts(told.stdout.decode("utf-8", "surrogateescape"))
    return network_kind(whole, mounts)


def _windows_share(path: Path) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return "smb"
    return "smb" if ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE else None
