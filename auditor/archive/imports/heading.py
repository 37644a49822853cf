"""What stands above the rows of an export of OKX's site: whose it is, and the zone of its times.

A line such as ``UID:1234,Account Type:Main,Time Zone:UTC+8`` (exports of 2025 and 2026) or ``UID:1234,Name:,
Verification:`` (older ones), each cell maybe with a byte order mark of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone

_UID = re.compile(r"uid\s*:?\s*([0-9]+)?", re.IGNORECASE | re.ASCII)
_ZONE = re.compile(r"time\s*zone\s*:?\s*(.*)", re.IGNORECASE | re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)\s*(?:([+-])\s*([0-9]{1,2})(?::?([0-9]{2}))?)?", re.IGNORECASE | re.ASCII)
FURTHEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Heading:
    """``uid``: "" where none is named; ``zone``: None where none is, or one that is not understood; ``words``: its."""

    uid: str = ""
    zone: timezone | None = None
    words: str = ""


def read_heading(lines: Sequence[Sequence[str]]) -> Heading:
    """Return what the lines above the names of the columns say."""
    cells = [clean(cell) for line in lines for cell in line]
    uid, words = "", ""
    for number, cell in enumerate(cells):
        if (found := _UID.fullmatch(cell)) and not uid:
            uid = found[1] or next((one for one in cells[number + 1 : number + 2] if one.isdecimal()), "")
        if (found := _ZONE.fullmatch(cell)) and not words:
            words = found[1].strip()
    return Heading(uid, _zone(words), words)


def clean(cell: str) -> str:
    """Return a cell without byte order marks and blanks around it."""
    return cell.strip("\ufeff \t\r\n")


def _zone(words: str) -> timezone | None:
    found = _OFFSET.fullmatch(words)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    if offset > FURTHEST:
        return None
    return timezone(-offset if found[1] == "-" else offset)
