"""KuCoin: the trading account's own ledger, of 7 days, which prints the balance after every change.

Its rows stand in the ledger of all accounts as well, by the same ids. Here they are followed by their balances, and one
that the other ledger lacks is a change by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from auditor.exchanges.kucoin.archive_lists.account_ledger import LEDGER_ID, wallet_of
from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    ENTRY_FIELDS,
    TRADE,
    WEEK,
    entry,
    reach,
    signed,
    windowed,
)
from auditor.exchanges.kucoin.sites import V1, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.model.amounts import subtract
from auditor.spec.endpoint import Cursor
from auditor.spec.fields import MalformedError, Row, amount
from auditor.spec.history import RowsOf
from auditor.spec.summed import ChangedRow, ChangeList

TRADING_ID = "trading-ledger"
FIELDS = (*ENTRY_FIELDS, amount("balance"))


class Posted(NamedTuple):
    """A row of a ledger, as far as its balance is concerned."""

    asset: str
    time: int
    number: int
    change: Decimal
    balance: Decimal

    @property
    def before(self) -> Decimal:
        """The balance before it."""
        return subtract(self.balance, self.change)


def posted(rows: Iterable[object]) -> dict[str, Posted]:
    """Return the rows of a ledger by their ids; what cannot be read is told where the row itself is read."""
    found: dict[str, Posted] = {}
    for raw in rows:
        try:
            row = Row(raw, FIELDS)
            figures = int(row.hint("createdAt")), int(row.text("id")), signed(row), row.amount("balance")
        except (MalformedError, ValueError):
            continue
        found[row.text("id")] = Posted(row.text("currency"), *figures)
    return found


def unfitting(rows: Iterable[Posted]) -> Iterator[Posted]:
    """Yield the rows whose balance does not follow from the row of the same coin before them."""
    for _asset, of_coin in groupby(sorted(rows), key=attrgetter("asset")):
        closing: Decimal | None = None
        for _time, together in groupby(of_coin, key=attrgetter("time")):
            for row in followed(list(together), closing):
                if closing is not None and row.before != closing:
                    yield row
                closing = row.balance


def followed(rows: Sequence[Posted], closing: Decimal | None) -> Iterator[Posted]:
    """Yield rows of one moment, by their ids where these fit, else along their balances."""
    left = list(rows)
    while left:
        if closing is None:
            ends = {row.balance for row in left}
            row = next((one for one in left if one.before not in ends), left[0])
        else:
            row = next((one for one in left if one.before == closing), left[0])
        left.remove(row)
        closing = row.balance
        yield row


def listed_changes(rows: Iterable[object], ids: Iterable[str]) -> dict[str, tuple[str, Decimal]]:
    """Return coin and change of the trading account's rows in the ledger of all accounts, by id."""
    wanted, found = frozenset(ids), {}
    for raw in rows:
        row = Row(raw, ENTRY_FIELDS) if isinstance(raw, dict) and raw.get("id") in wanted else None
        if row is not None and wallet_of(row.hint("accountType")) == TRADE:
            found[row.text("id")] = row.text("currency"), signed(row)
    return found


def trading_reader(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    """Return the reader of the trading account's ledger beside the ledger of all accounts."""
    own = posted(rows_of(TRADING_ID))
    broken = {f"{row.number}" for row in unfitting(own.values())}
    listed = listed_changes(rows_of(LEDGER_ID), own)

    def read(row: Row) -> ChangedRow:
        found = trading_entry(row)
        (change,) = found.changes
        other = listed.get(found.id)
        is_clear = found.id not in broken and other in {None, (change.asset, change.amount)}
        unknown = "" if is_clear else f"{change.asset} {found.id}"
        return replace(found, changes=() if other else found.changes, unknown=unknown)

    return read


def trading_entry(row: Row) -> ChangedRow:
    """Read a row by itself."""
    return entry(row, TRADE)


TRADING_LEDGER = ChangeList(
    id=TRADING_ID,
    title=mark("Ledger of the trading account"),
    wallets=(TRADE,),
    endpoint=windowed(
        documented(V1, "hf/accounts/ledgers", spot(2), pagination=Cursor(cursor="lastId", key="id", size=200)),
        DAILY,
        WEEK,
    ),
    # Beyond it the ledger of all accounts has the rows.
    reach=reach(mark("the last 7 days"), "KuCoin API documentation, Get Account Ledgers - Trade_hf (May 2026)"),
    key="id",
    time="createdAt",
    fields=FIELDS,
    read=trading_entry,
    reader_of=trading_reader,
    unused={"126001": mark("KuCoin says that this account has no such ledger: its trades are in the one of all.")},
)
