"""Processor time of a PostgreSQL server of this computer."""

import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL

PROCESSES = Path("/proc")
OWN_TIMES, ENDED_TIMES, PARENT = slice(11, 13), slice(13, 15), 1
"""Columns of a process behind its name (proc(5)): user and system time, its own and that of children which ended."""


def server_seconds(url: URL) -> float | None:
    """Return the processor seconds of a server since its start; None where the system does not tell."""
    file = Path(str(url.query.get("host", ""))) / "data" / "postmaster.pid"
    if not PROCESSES.exists() or not file.exists():
        return None
    postmaster = file.read_text(encoding="utf-8").split()[0]
    ticks = _ticks(_columns(postmaster), OWN_TIMES) + _ticks(_columns(postmaster), ENDED_TIMES)
    ticks += sum(_ticks(columns, OWN_TIMES) for columns in _all() if columns[PARENT] == postmaster)
    return ticks / os.sysconf("SC_CLK_TCK")


def _all() -> Iterator[list[str]]:
    for process in PROCESSES.glob("[0-9]*"):
        try:
            yield _columns(process.name)
        except OSError:  # it ended meanwhile
            continue


def _columns(process: str) -> list[str]:
    return (PROCESSES / process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _ticks(columns: list[str], times: slice) -> int:
    return sum(map(int, columns[times]))
