"""A ledger's row without anything unusual, read in a sixth of the time: an archive has millions.

It comes to what `auditor.spec.parsed_row.Row` makes of it, which also says what is wrong with any other row.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from auditor.model.amounts import LONGEST, ZERO, are_plain
from auditor.model.texts import LONGEST_NAME
from auditor.spec.ledger import LedgerEntry

QuickReader = Callable[[object], LedgerEntry | None]
TIME_DIGITS = 13
"""Of Unix milliseconds from 2001 on."""
EARLIEST, LATEST = "1", "7"
"""With what such a time begins at the least, and what none before the year 2191 begins with."""


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
    values_of = _values_of((*needed, *texts))

    def read(row: object) -> LedgerEntry | None:
        # "" stands for a field that a ledger does not have.
        if not isinstance(row, dict) or "" in row:
            return None
        try:
            values = values_of(row)
            is_ascii = "".join(values).isascii()
        except TypeError:  # Some value is no text.
            return None
        number, time, asset, change, balance, code, subtype, notes, fee, instrument, order, trade, ref = values
        if not (is_ascii and asset.isalnum() and code.isalnum() and len(asset) + len(code) <= LONGEST_NAME):
            return None
        if not (number.isdigit() and len(number) <= LONGEST_NAME and _is_time(time)):
            return None
        if not (are_plain(f"{change} {balance}") and len(change) <= LONGEST >= len(balance)):
            return None
        kind, exact = kinds.get(code, other), (Decimal(change), Decimal(balance), (change, balance))
        words = (kind, code, subtype, notes, fee, instrument, order, trade, ref)
        # The tuple itself: the class would look at the name of each of its fields.
        return tuple.__new__(LedgerEntry, (int(number), int(time), asset, *exact, *words, ZERO, ""))

    return read


def _values_of(names: Sequence[str]) -> Callable[[Mapping[str, str]], Sequence[str]]:
    """Return what returns the values of fields of a row, "" for one that it lacks."""
    blanks, every = ("",) * len(names), itemgetter(*names)

    def values(row: Mapping[str, str]) -> Sequence[str]:
        return list(map(row.get, names, blanks))

    def quick_values(row: Mapping[str, str]) -> Sequence[str]:
        try:
            return every(row)  # type: ignore[no-any-return]
        except KeyError:
            return values(row)

    return quick_values if all(names) else values


def _is_time(text: str) -> bool:
    return len(text) == TIME_DIGITS and text.isdigit() and EARLIEST <= text < LATEST
