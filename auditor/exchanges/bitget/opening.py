"""Bitget: when an account was opened, which its answer about the key says in milliseconds."""

from dataclasses import replace

from auditor.spec.endpoint import Endpoint
from auditor.spec.history import OpeningTime
from auditor.spec.rows import object_row

OPENED = "seconds"
"""The field with the time in Unix seconds."""


def opening_of(key: Endpoint) -> OpeningTime:
    """Return the request that says it, the one that is sent about the key."""
    return OpeningTime(endpoint=replace(key, rows=opened_rows), field=OPENED)


def opened_rows(data: object) -> list[object]:
    """Return the answer with its time in seconds: unknown where it is no whole number."""
    return [_in_seconds(row) for row in object_row(data)]


def _in_seconds(row: object) -> object:
    moment = str(row.get("regisTime") or "") if isinstance(row, dict) else ""
    is_told = moment.isascii() and moment.isdigit() and isinstance(row, dict)
    return {**row, OPENED: str(int(moment) // 1000)} if is_told and isinstance(row, dict) else row
