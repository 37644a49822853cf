"""KuCoin: what its lists of an archive have in common: wallets, windows, reaches, and the rows of its ledgers."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from auditor.exchanges.kucoin.history_kinds import kind_of
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO, plain
from auditor.spec.endpoint import Endpoint, Query, Windows
from auditor.spec.fields import Field, MalformedError, amount, optional_amount, text, time
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.summed import Change, ChangedRow

MAIN, TRADE, MARGIN, FUTURES = "main", "trade", "margin", "futures"
MARGIN_ID = "margin-ledger"
OTHERS: Mapping[str, str] = {
    MARGIN: mark("Margin accounts, of which KuCoin gives no whole ledger"),
    FUTURES: mark("Futures account, of which KuCoin gives no whole ledger"),
}
"""Accounts whose balances are not compared with their changes."""
OPENED = datetime(2019, 2, 18, tzinfo=UTC)
"""When KuCoin began its present platform: no list has an older row (kucoin-api-docs, issue 363)."""
# An hour or a day less than KuCoin gives, since the edge moves while a list is read.
YEAR = timedelta(days=364, hours=23)
WEEK = timedelta(days=6, hours=23)
QUARTER = timedelta(days=89)
MONTH = timedelta(days=30)
DAILY = timedelta(hours=23, minutes=59)
"""Less than the 24 hours that KuCoin states as the longest."""

ENTRY_FIELDS: tuple[Field, ...] = (
    *(text(name) for name in ("id", "currency", "bizType", "direction")),
    amount("amount"),
    optional_amount("fee"),
    time("createdAt"),
)


def windowed(endpoint: Endpoint, span: timedelta, back: timedelta, *, start: str = "startAt") -> Endpoint:
    """Return a request that is asked in time windows, so far back."""
    query = replace(endpoint.queries[-1], back=back)
    windows = Windows(start=start, end="to" if start == "from" else "endAt", span=span, first=OPENED)
    return replace(endpoint, queries=(query,), windows=windows)


def asking(**params: str) -> tuple[Query, ...]:
    """Return one query with these parameters."""
    return (Query(params=params),)


def reach(words: str, source: str, back: timedelta | None = None) -> Reach:
    """Return how far back a list goes. ``back``: as it is asked for."""
    return Reach(words=words, source=source, back=back)


def signed(row: Row) -> Decimal:
    """Return the change that a row is. Raises MalformedError for one whose side is not clear."""
    size, side = row.amount("amount"), row.text("direction").lower()
    if side not in {"in", "out"} or size < ZERO:
        raise MalformedError(_("{name} is not {kind}").format(name="direction", kind="in, out"))
    return size if side == "in" else -size


def context_of(row: Row) -> Mapping[str, str]:
    """Return the texts of what a row is about: pair, order, trade; nothing where there is no such object."""
    try:
        found = json.loads(row.hint("context") or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def product_cells(name: str, row: Row, found: ChangedRow) -> tuple[str, ...]:
    """Return the cells of a row of a ledger that is not added up, in the table of products."""
    (change,) = found.changes
    pair = context_of(row).get("symbol", "")
    return (name, found.type, change.asset, plain(change.amount), pair, "", "", row.hint("fee"), "", "booked")


def entry(row: Row, wallet: str, balance: str = "") -> ChangedRow:
    """Read a row of a ledger: its amount is the change of the balance, its fee a part of that.

    1.59760080 USDT came in for 1.59920000 that were sold for, and 0.00159920 of fee (example of Trade_hf, 2025).
    """
    change, code, about = signed(row), row.text("bizType"), context_of(row)
    fee = row.amount_or_none("fee") or ZERO
    changed = Change(
        wallet=wallet,
        asset=row.text("currency"),
        amount=change,
        kind=kind_of(code, is_in=change > ZERO),
        fee=plain(-fee) if fee else "",
        description=about.get("description", ""),
        balance=balance,
    )
    return ChangedRow(
        id=row.text("id"),
        time=int(row.hint("createdAt")),
        changes=(changed,),
        type=code,
        instrument=about.get("symbol", ""),
        order_id=about.get("orderId", ""),
        trade_id=about.get("tradeId", ""),
        ref=about.get("txId", ""),
    )
