"""Kraken: the lists beside its ledger. Each shows a part of it over again.

Trades and orders go back to the first one; a trade's id is the reference of its rows in the ledger. Of deposits and
withdrawals no reach is stated, so that a row of the ledger need not be among them.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from auditor.exchanges.kraken.archive_names import archive_name, held_coin
from auditor.exchanges.kraken.flows import DEPOSIT_ROWS, FINAL, FIRST, PAGES, PROPERTY, SETTLED, WITHDRAWAL_ROWS
from auditor.exchanges.kraken.no_result import KEY
from auditor.exchanges.kraken.rows import keyed_rows_in, newest_first_in
from auditor.exchanges.kraken.sources import DOC, LEDGER_COST, private
from auditor.i18n import mark
from auditor.model.amounts import ZERO, add, subtract
from auditor.spec.endpoint import Endpoint, Offset, Query, RowSelector, Windows
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.history_tables import IN_COIN
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import Partition, Reach
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.spelling import spelled
from auditor.spec.times import milliseconds

WALLET = "spot"
# One window, whose end stands still: rows that come while a list is read do not move the others.
ALL_TIME = Windows(
    start="start", end="end", span=timedelta(days=36_500), first=datetime(2011, 1, 1, tzinfo=UTC), unit="s"
)
# How many rows there are is said, but not relied on: with a filter it counts others too (rotki/rotki#116).
BY_OFFSET = Offset(skip="ofs", limit="", size=50)
CLASSES = Partition(parameter="aclass", values=("currency", "tokenized_asset"), shared=True)
# Tokens of stocks are counted as they are held: a split or a dividend is no row of the ledger.
AS_HELD = {"rebase_multiplier": "base"}
SUCCESS, FAILURE = "Success", "Failure"
TRADED = frozenset({"trade"})
ON_MARGIN = frozenset({"margin", "rollover", "settled"})


def by_offset(name: str, page: str, rows: RowSelector, *, cost: int = LEDGER_COST) -> Endpoint:
    """Return a private read of 50 rows a page. ``page``: of Kraken's documentation."""
    endpoint = private(name, page, rows=rows, cost=cost, pagination=BY_OFFSET)
    return replace(endpoint, windows=ALL_TIME)


def reference(entry: LedgerEntry) -> Hashable:
    """Return the id of what a row of the ledger is of, "Reference Id of the parent transaction".

    A fee that is paid with fee credits is a third row of a trade, and stands for neither of its coins.
    """
    return None if entry.kind == "fee" else entry.ref or None


def fill(row: Row) -> ListedRow:
    """Read a trade. One of spot has two rows or more in the ledger; on margin it may have none until it is closed."""
    txid, is_on_margin = row.text(KEY), bool(row.amount_or_none("margin"))
    figures = (*row.hints("price", "vol"), IN_COIN, row.hint("fee"))
    return ListedRow(
        id=txid,
        time=milliseconds(row.hint("time"), "s"),
        cells=(
            *(row.text("pair"), row.text("type"), *figures, "", row.hint("ordertype")),
            *(row.hint("ordertxid"), txid, ""),
        ),
        marks=() if is_on_margin else (txid,),
        legs=2,
    )


def movement_mark(entry: LedgerEntry) -> Hashable:
    """Return coin and change: all that a row of the ledger surely has in common with a deposit or withdrawal."""
    return held_coin(entry.asset), entry.change


def deposit(row: Row) -> ListedRow:
    """Read a deposit. Only a final one must have changed the balance, by its amount with or without its fee."""
    coin, sent, fee = archive_name(row.text("asset")), row.amount("amount"), row.amount_or_none("fee") or ZERO
    marks = dict.fromkeys(((coin, subtract(sent, fee)), (coin, sent)))
    return _movement("deposit", row, marks=tuple(marks), due=row.text("status") == SUCCESS and not _property(row))


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal. One that was cancelled or failed went out of the balance and came back (rotki/rotki#6169)."""
    coin, sent, fee = archive_name(row.text("asset")), row.amount("amount"), row.amount_or_none("fee") or ZERO
    marks = dict.fromkeys(((coin, -add(sent, fee)), (coin, -sent)))
    is_final = row.text("status") == SUCCESS and _property(row) in {"", "cancel-denied"}
    is_returned = row.text("status") == FAILURE or _property(row) == "canceled"
    return _movement("withdrawal", row, marks=tuple(marks), due=is_final, expected=is_returned)


def _movement(kind: str, row: Row, *, marks: tuple[Hashable, ...], due: bool, expected: bool = False) -> ListedRow:
    asset = archive_name(row.text("asset"))
    address = row.hint("info")
    state = " ".join(filter(None, (row.text("status"), _property(row))))
    return ListedRow(
        id=row.hint("refid") or row.hint("txid") or row.hint("time"),
        time=milliseconds(row.hint("time"), "s"),
        cells=(
            *(kind, asset, row.hint("amount"), row.hint("fee"), asset if row.hint("fee") else ""),
            *(row.hint("network") or row.hint("method"), address, row.hint("txid"), state),
        ),
        marks=marks,
        due=due,
        expected=expected,
        final=row.text("status") in FINAL and _property(row) in SETTLED,
    )


def _property(row: Row) -> str:
    word = spelled(row.raw, PROPERTY)
    return "onhold" if word == "on-hold" else word if isinstance(word, str) else ""


def order(row: Row) -> ListedRow:
    """Read an order that is over."""
    terms = row.raw.get("descr")
    words = terms if isinstance(terms, dict) else {}
    pair, side, kind, price = (str(words.get(name) or "") for name in ("pair", "type", "ordertype", "price"))
    figures = (row.hint(name) for name in ("vol", "vol_exec", "price", "fee"))
    return ListedRow(
        id=row.text(KEY),
        time=milliseconds(row.hint("opentm"), "s"),
        cells=(
            *("spot", pair, side, kind, price, *figures, "", row.hint("status")),
            *(row.hint("refid"), row.hint("cl_ord_id"), row.hint("closetm")),
        ),
    )


def _reach(words: str, page: str) -> Reach:
    return Reach(words=words, source=f"{DOC}, {page}")


TRADES = SecondList(
    id="trades",
    title=mark("Trades"),
    wallet=WALLET,
    endpoint=by_offset("TradesHistory", "Get Trades History", newest_first_in("trades", "time")),
    reach=_reach(mark("back to the account's first row"), "Get Trades History"),
    key=KEY,
    time="time",
    unit="s",
    fields=(text(KEY), text("pair"), text("type"), amount("price"), amount("vol"), optional_amount("margin")),
    read=fill,
    table="fills",
    types=TRADED,
    mark=reference,
    perhaps={WALLET: ON_MARGIN},
    shared=True,
    joined_by={"trade_id": "trade_id"},
)


def _movements(listed: str, title: str, endpoint: Endpoint, read: Callable[[Row], ListedRow]) -> SecondList:
    return SecondList(
        id=listed,
        title=title,
        wallet=WALLET,
        endpoint=endpoint,
        reach=_reach(mark("without a stated limit"), endpoint.source),
        key="refid",
        time="time",
        unit="s",
        ordered=False,
        partition=CLASSES,
        fields=(text("refid"), text("asset"), amount("amount"), optional_amount("fee"), text("status")),
        read=read,
        table="movements",
        mark=movement_mark,
        perhaps={WALLET: frozenset({listed.removesuffix("s")})},
    )


DEPOSITS = _movements(
    "deposits",
    mark("Deposits"),
    private(
        "DepositStatus",
        "Get Status of Recent Deposits",
        rows=DEPOSIT_ROWS,
        queries=(Query(params=FIRST),),
        pagination=PAGES,
    ),
    deposit,
)
WITHDRAWALS = _movements(
    "withdrawals",
    mark("Withdrawals"),
    private(
        "WithdrawStatus",
        "Get Status of Recent Withdrawals",
        rows=WITHDRAWAL_ROWS,
        queries=(Query(params=FIRST),),
        pagination=PAGES,
    ),
    withdrawal,
)
ORDERS = SecondList(
    id="orders",
    title=mark("Orders"),
    wallet=WALLET,
    endpoint=by_offset("ClosedOrders", "Get Closed Orders", keyed_rows_in("closed"), cost=1),
    reach=_reach(mark("back to the account's first row"), "Get Closed Orders"),
    key=KEY,
    time="opentm",
    unit="s",
    # An order is listed by when it was opened or when it was closed: which of both is not documented.
    ordered=False,
    fields=(text(KEY), text("status")),
    read=order,
    table="orders",
    explains=True,
    used_by={WALLET: TRADED},
)
SECOND_LISTS = (TRADES, DEPOSITS, WITHDRAWALS, ORDERS)
