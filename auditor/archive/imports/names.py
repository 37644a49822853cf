"""Names of the user's files as an archive writes them: no path, and no sign that means something to a shell."""

import re
from pathlib import PurePosixPath, PureWindowsPath

LONGEST = 100
_ODD = re.compile(r"[^\w.()+ -]+")


def safe_name(name: str) -> str:
    """Return the last part of a path without anything that could lead elsewhere, be hidden, or be an option."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = _ODD.sub("_", last).strip(" .-")
    stem, dot, suffix = kept.rpartition(".")
    short = f"{stem[: LONGEST - len(suffix)]}{dot}{suffix}" if dot and len(suffix) < LONGEST else kept[:LONGEST]
    return short or "file"
