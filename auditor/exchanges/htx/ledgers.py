"""HTX: the ledger of one account, Get Account History, which prints the balance after every change.

It gives an hour for each request and goes back 29 days: some 700 requests for each account, five in two seconds. No
other list replaces it: Get Account Ledger has ten days for each request, but transfers alone, and no balances.

What is frozen is a row as well: in HTX's own example ten USDT are frozen (``other-types``, -10) and then transferred
(``transfer``, -10), and the account's balance falls by ten once (``acct-balance`` 97.01, then 87.01, while what is
available is 81.85 in both rows). Of a row that froze coins, or set them free, the account's balance did not change.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from auditor.exchanges.htx.accounts import HtxAccount
from auditor.exchanges.htx.envelope import paged_rows
from auditor.exchanges.htx.history_kinds import OTHER, kind_of
from auditor.exchanges.htx.sources import DOC, OFTEN, documented, pages_by_id, windows_of
from auditor.i18n import mark
from auditor.model.amounts import ZERO, subtract
from auditor.spec.endpoint import Limit
from auditor.spec.fields import amount, optional_amount, text, time
from auditor.spec.ledger import Ledger, LedgerEntry, ShownBalances
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in

PAGE = "Get Account History"
COIN = "coin"
TYPE, MOVED, FREE, BALANCE, TIME = "transact-type", "transact-amt", "avail-balance", "acct-balance", "transact-time"
HELD = frozenset({"trade", "frozen"})
"""Rows of an account's balances whose sum its ledger calls the account's balance: others are debts and limits."""
REACH = timedelta(days=29)
HOUR = timedelta(hours=1)


class Balances(NamedTuple):
    """What is in an account after a row, and what of it is available."""

    whole: Decimal
    free: Decimal


def reader() -> Callable[[Row], LedgerEntry]:
    """Return what reads the rows of one account, the oldest first."""
    before: dict[str, Balances] = {}

    def read(row: Row) -> LedgerEntry:
        coin, whole, free = row.text(COIN), row.amount(BALANCE), row.amount_or_none(FREE)
        now = Balances(whole, whole if free is None else free)
        is_held = is_hold(row.text(TYPE), row.amount(MOVED), now, before.get(coin))
        before[coin] = now
        return entry(row, is_held=is_held)

    return read


def is_hold(code: str, moved: Decimal, now: Balances, before: Balances | None) -> bool:
    """Return whether a row only froze coins or set them free: the balance stayed, and what is available did not.

    Of a coin's first row nothing came before: it froze coins if as many are frozen after it.
    """
    if code != OTHER or not moved:
        return False
    if before is None:
        return moved < ZERO and subtract(now.whole, now.free) >= -moved
    return now.whole == before.whole and now.free != before.free


def entry(row: Row, *, is_held: bool) -> LedgerEntry:
    """Read a row. Its id says nothing of its time."""
    moved, digits = row.amount(MOVED), row.hint(MOVED)
    change = ZERO if is_held else moved
    moment, code = int(row.hint(TIME)), row.text(TYPE)
    return LedgerEntry(
        number=moment,
        id=row.text("record-id"),
        time=moment,
        asset=row.text(COIN),
        change=change,
        balance=row.amount(BALANCE),
        digits=("0" if is_held else digits, row.hint(BALANCE)),
        kind=kind_of(code, is_out=moved < ZERO),
        type=code,
        description=f"only {FREE}: {digits}" if is_held else "",
    )


def ledger_rows(data: object) -> list[object]:
    """Return the rows of a page, the oldest first, each with its coin's name as it is usually written."""
    rows = [with_coin(row) for row in paged_rows(data)]
    return sorted(rows, key=_moment)


def with_coin(row: object) -> object:
    """Return a row with its coin in capitals."""
    return {**row, COIN: str(row.get("currency")).upper()} if isinstance(row, dict) else row


def _moment(row: object) -> int:
    moment = row.get(TIME) if isinstance(row, dict) else None
    return int(moment) if isinstance(moment, str) and moment.isascii() and moment.isdigit() else 0


def held_rows(account: HtxAccount, data: object) -> list[object]:
    """Return the balances of an account. Raises MalformedError where they are another account's."""
    (answer,) = object_row(data)
    if not isinstance(answer, dict) or answer.get("id") != account.id:
        answer = {}
    return [with_coin(row) for row in rows_in("list")(answer) if not isinstance(row, dict) or row.get("type") in HELD]


def ledger_of(account: HtxAccount) -> Ledger:
    """Return the ledger of an account."""
    endpoint = documented(
        "v1/account/history",
        PAGE,
        Limit(5, 2),
        params={"account-id": account.id, "sort": "asc"},
        back=REACH,
        rows=ledger_rows,
        pages=pages_by_id("from-id", "size", 500),
        windows=windows_of(HOUR),
    )
    shown = documented(
        "v1/account/accounts/{account-id}/balance",
        "Get Account Balance of a Specific Account",
        OFTEN,
        params={"account-id": account.id},
        rows=partial(held_rows, account),
    )
    return Ledger(
        id=f"ledger-{account.id}",
        title=account.title,
        wallet=account.wallet,
        endpoint=endpoint,
        shown=ShownBalances(endpoint=shown, asset=COIN, amount="balance", several=True),
        # A day less than documented, so that nothing is expected too early.
        reach=Reach(words=mark("the last 29 days"), source=f"{DOC}, {PAGE}", back=REACH - timedelta(days=1)),
        fields=(
            *(text(name) for name in ("record-id", "currency", COIN, TYPE)),
            *(amount(MOVED), amount(BALANCE), optional_amount(FREE), time(TIME)),
        ),
        read=partial(entry, is_held=False),
        reader_in_order=reader,
        one_of_many=True,
        key="record-id",
        time=TIME,
        asset=COIN,
        balance=BALANCE,
        oldest_first=True,
        given={"account-id": account.id},
    )
