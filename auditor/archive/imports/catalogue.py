"""The formats of files that can be added, by exchange."""

from collections.abc import Mapping, Sequence

from auditor.archive.imports import binance_statement, okx_funding, okx_quarter, okx_trading
from auditor.archive.imports.formats import ImportFormat
from auditor.archive.imports.statement import StatementFormat

OKX = (okx_quarter.FORMAT, okx_trading.FORMAT, okx_funding.FORMAT)
FORMATS = dict.fromkeys(("okx", "myokx", "okxus"), OKX)
"""Files of which each is a part of one ledger."""
STATEMENTS: Mapping[str, tuple[StatementFormat, ...]] = {"binance": binance_statement.FORMATS}
"""Files with the changes of every wallet."""


def format_of(columns: Sequence[str], exchange: str) -> ImportFormat | StatementFormat | None:
    """Return the format that has these columns at an exchange, None where none is known."""
    there = frozenset(columns)
    known = (*FORMATS.get(exchange, ()), *STATEMENTS.get(exchange, ()))
    return next((one for one in known if one.columns <= there), None)
