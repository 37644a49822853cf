"""The formats of files that can be added, by exchange."""

from collections.abc import Sequence

from auditor.archive.imports import okx_funding, okx_quarter, okx_trading
from auditor.archive.imports.formats import ImportFormat

OKX = (okx_quarter.FORMAT, okx_trading.FORMAT, okx_funding.FORMAT)
FORMATS = dict.fromkeys(("okx", "myokx", "okxus"), OKX)


def format_of(columns: Sequence[str], exchange: str) -> ImportFormat | None:
    """Return the format that has these columns at an exchange, None where none is known."""
    there = frozenset(columns)
    return next((one for one in FORMATS.get(exchange, ()) if one.columns <= there), None)
