"""A ledger's row without anything unusual, read in a sixth of the time: an archive has millions.

It comes to what `auditor.spec.fields.Row` makes of it, which also says what is wrong with any other row.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from auditor.model.amounts import LONGEST, is_plain
from auditor.model.texts import LONGEST_NAME
from auditor.spec.history import LedgerEntry

QuickReader = Callable[[object], LedgerEntry | None]
TIME_DIGITS = 13
"""Of Unix milliseconds from 2001 on."""
LATEST = "7"
"""With what no such time begins before the year 2191."""


def quick_reader(
    needed: tuple[str, str, str, str, str, str],
    texts: tuple[str, str, str, str, str, str, str],
    kinds: Mapping[str, str],
    other: str,
) -> QuickReader:
    """Return what reads such a row, and returns None for any other.

    ``needed``: the fields with id, time, coin, change, balance after it and type; ``texts``: those with subtype,
    description, fee, instrument, order, trade and reference, "" for none; ``kinds``: what a type is called here,
    ``other`` where it is not there.
    """
    names = (*needed, *texts)
    blanks = ("",) * len(names)

    def read(row: object) -> LedgerEntry | None:
        if not isinstance(row, dict):
            return None
        try:
            values: list[str] = list(map(row.get, names, blanks))
            is_ascii = "".join(values).isascii()
        except TypeError:  # Some value is no text.
            return None
        number, time, asset, change, balance, code, subtype, notes, fee, instrument, order, trade, ref = values
        if not (is_ascii and asset.isalnum() and code.isalnum() and len(asset) + len(code) <= LONGEST_NAME):
            return None
        if not (number.isdigit() and len(number) <= LONGEST_NAME and _is_time(time)):
            return None
        if not (is_plain(change) and is_plain(balance) and len(change) <= LONGEST >= len(balance)):
            return None
        ids, kind = (instrument, order, trade, ref), kinds.get(code, other)
        exact = (Decimal(change), Decimal(balance), (change, balance))
        return LedgerEntry(int(number), int(time), asset, *exact, kind, code, subtype, notes, fee, *ids)

    return read


def _is_time(text: str) -> bool:
    return len(text) == TIME_DIGITS and text.isdigit() and "0" < text < LATEST
