"""Bitget: how the rows of its ledgers are read. Each prints the balance after it, digit for digit."""

from collections.abc import Callable
from functools import partial

from auditor.exchanges.bitget.fee_signs import BESIDE, UNSIGNED, Names, SignOf, changed, fee_signs
from auditor.exchanges.bitget.history_kinds import CROSS_KINDS, FUTURES_KINDS, UNIFIED_KINDS, group_kind
from auditor.model.amounts import ZERO, plain
from auditor.spec.fields import Field, amount, optional_amount, text, time
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import RowsOf
from auditor.spec.parsed_row import Row

UNIFIED_NAMES = Names("coin", "amount", "fee", "balance", "type", "id", "ts")
SPOT_NAMES = Names("coin", "size", "fees", "balance", "groupType", "billId", "cTime")
FUTURES_NAMES = Names("coin", "amount", "fee", "balance", "businessType", "billId", "cTime")
CROSS_NAMES = Names("coin", "amount", "fee", "balance", "marginType", "marginId", "cTime")
KindOf = Callable[[Row, bool], str]
"""Returns the kind of a row, and is told whether it brought something in."""


def fields(names: Names) -> tuple[Field, ...]:
    """Return what a ledger's row must have."""
    return (
        *(text(name) for name in (names.id, names.asset, names.type)),
        *(amount(name) for name in (names.amount, names.balance)),
        *((optional_amount(names.fee),) if names.fee else ()),
        time(names.time),
    )


def entry(row: Row, *, names: Names, kind: KindOf, subtype: str, sign_of: SignOf) -> LedgerEntry:
    """Read a row. ``sign_of``: whether its fee is in the amount already."""
    number, code = row.text(names.id), row.text(names.type)
    fee = (row.amount_or_none(names.fee) if names.fee else None) or ZERO
    sign = sign_of(code)
    change = changed(row.amount(names.amount), fee, sign)
    when = int(row.hint(names.time))
    is_whole = number.isascii() and number.isdigit()
    return LedgerEntry(
        number=int(number) if is_whole else when,
        id="" if is_whole else number,
        time=when,
        # Documentation has coins in small letters.
        asset=row.text(names.asset).upper(),
        change=change,
        balance=row.amount(names.balance),
        digits=(plain(change) if fee and sign else row.hint(names.amount), row.hint(names.balance)),
        kind=kind(row, change > 0),
        type=code,
        subtype=row.hint(subtype),
        fee="" if not fee else plain(-abs(fee)) if sign == UNSIGNED else row.hint(names.fee),
        instrument=row.hint("symbol"),
        ref=row.hint("bizOrderId"),
    )


def beside(_code: str) -> int:
    """Return that a fee is beside the amount, where nothing else is known."""
    return BESIDE


class LedgerReader:
    """Reads the rows of one ledger: by themselves, or beside the others, which tell of fees."""

    def __init__(self, ledger: str, names: Names, *, kind: KindOf, subtype: str) -> None:
        """Keep the ledger's id and the fields of its rows. ``subtype``: of it, "" for none."""
        self.ledger, self.names = ledger, names
        self.fields = fields(names)
        self._entry = partial(entry, names=names, kind=kind, subtype=subtype)

    def read(self, row: Row) -> LedgerEntry:
        """Read a row by itself."""
        return self._entry(row, sign_of=beside)

    def beside(self, rows_of: RowsOf) -> Callable[[Row], LedgerEntry]:
        """Return what reads a row beside the others."""
        return partial(self._entry, sign_of=fee_signs(rows_of(self.ledger), self.names))


def unified_kind(row: Row, _is_in: bool) -> str:
    """Return the kind of a row of the unified account."""
    return UNIFIED_KINDS.get(row.text("type"), "other")


def spot_kind(row: Row, is_in: bool) -> str:
    """Return the kind of a row of a classic account's spot wallet."""
    return group_kind(row.text("groupType"), row.hint("businessType"), is_in=is_in)


def funding_kind(row: Row, is_in: bool) -> str:
    """Return the kind of a row of the funding account."""
    return group_kind(row.text("groupType"), row.hint("type"), is_in=is_in)


def futures_kind(row: Row, _is_in: bool) -> str:
    """Return the kind of a row of a futures account."""
    return FUTURES_KINDS.get(row.text("businessType"), "other")


def cross_kind(row: Row, _is_in: bool) -> str:
    """Return the kind of a row of the cross margin account."""
    return CROSS_KINDS.get(row.text("marginType"), "other")


FUNDING_NAMES = Names("coin", "amount", "", "balance", "groupType", "id", "ts")
"""Rows of the funding account have no fee, and a type that may be blank."""
UNIFIED_ROWS = LedgerReader("unified-ledger", UNIFIED_NAMES, kind=unified_kind, subtype="category")
FUNDING_ROWS = LedgerReader("funding-ledger", FUNDING_NAMES, kind=funding_kind, subtype="type")
SPOT_ROWS = LedgerReader("spot-ledger", SPOT_NAMES, kind=spot_kind, subtype="businessType")
CROSS_ROWS = LedgerReader("cross-margin-ledger", CROSS_NAMES, kind=cross_kind, subtype="")


def futures_rows(ledger: str) -> LedgerReader:
    """Return what reads the rows of one futures account."""
    return LedgerReader(ledger, FUTURES_NAMES, kind=futures_kind, subtype="")
