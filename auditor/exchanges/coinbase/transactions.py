"""Coinbase: the transactions of every wallet, whose amounts are the changes of its balance.

A row is of one wallet: both sides of a trade or a transfer have their own. Its amount has a sign, and a fee of a send,
a purchase or a sale is inside it. Beside a fill of Advanced, Coinbase states a commission, which is not in the amount:
it stands in the table of fills. Fiat money is written in whole cents.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.coinbase.archive_wallets import FOR_EVER, WALLETS, WALLETS_ID, wallet_ids
from auditor.exchanges.coinbase.history_kinds import ELSEWHERE, HALVES, OUTSIDE, kind_of
from auditor.exchanges.coinbase.sources import APP, APP_DOC, V2
from auditor.exchanges.coinbase.transfer_halves import DONE, TRANSACTIONS_ID, WALLET, Half, Halves, halves_in
from auditor.exchanges.coinbase.wallet_sums import uneven_wallets
from auditor.exchanges.coinbase.wallets import BY_LAST_ID, listed
from auditor.i18n import mark
from auditor.model.amounts import ZERO, add, parse, plain
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import amount, inner, text
from auditor.spec.paged_list import OF_ROW, Partition, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.summed import Change, ChangedRow, ChangeList
from auditor.spec.times import milliseconds

ABOUT = 60
"""Wallets of an account that has touched so many coins, for an estimate of the time that all take."""
VOID = frozenset({"canceled", "cancelled", "expired", "failed"})
TRANSFERS = "transfers"
MOVED = frozenset({"deposit", "withdrawal", "fiat"})
NO_HALVES = Halves()


MONEY = inner("amount", amount("amount"), text("currency"))
"""Only what was completed must have it: of what came to nothing, a blank says nothing."""


def transaction(row: Row, halves: Halves = NO_HALVES) -> ChangedRow:
    """Read a transaction. ``halves``: of transfers and conversions, which only the transactions of all tell.

    A request for money that nobody has answered changes nothing. Of what is under way, no row says whether it did.
    """
    code, state = row.text("type"), row.text("status")
    change = _change(row, code) if state == DONE else None
    half = Half(row.hint(WALLET), row.text("id"))
    other = halves.others.get(half)
    is_known = state in VOID or state == DONE or (code, state) == ("request", "pending")
    return ChangedRow(
        id=row.text("id"),
        time=milliseconds(row.text("created_at"), "iso"),
        changes=() if change is None else (change, *_beyond(code, change, is_lone=half in halves.lone)),
        type=code,
        instrument=_inside(row, code, "product_id"),
        order_id=_inside(row, code, "order_id"),
        trade_id=_inside(row, code, "id") or _inside(row, code, "order_id"),
        ref=_inside(row, "network", "hash"),
        table=TRANSFERS if other else "",
        cells=_cells(row, change) if other is None else _transfer_cells(half, other, change, halves.names),
        unknown="" if is_known else f"{code}, {state}",
        final=state in VOID or state == DONE,
    )


def _change(row: Row, code: str) -> Change:
    money = Row(row.raw, (MONEY,)).inner("amount")
    size = money.amount("amount")
    fee = _fee(row, code, size, money.text("currency"))
    return Change(
        wallet=WALLETS,
        asset=money.text("currency"),
        amount=size,
        kind=kind_of(code, size),
        fee=plain(-fee) if fee else "",
        description=_inside(row, "details", "title"),
    )


def _beyond(code: str, change: Change, *, is_lone: bool) -> tuple[Change, ...]:
    """Return the other half of a row where no wallet that is listed has it."""
    wallet = HALVES.get(code, ELSEWHERE) if is_lone else OUTSIDE.get(code)
    return () if wallet is None else (replace(change, wallet=wallet, amount=-change.amount, fee=""),)


def _fee(row: Row, code: str, size: Decimal, asset: str) -> Decimal:
    """Return what of an amount is a fee: of the network, or the part of a total in the same money; 0 for none."""
    if size < ZERO and code == "send":
        return _money(row.raw.get("network"), "transaction_fee", asset)
    of = row.raw.get(code) if code in {"buy", "sell"} else None
    whole, part = (_money(of, name, asset) for name in ("total", "subtotal"))
    return abs(add(whole, -part)) if part and whole == abs(size) else ZERO


def _money(of: object, name: str, asset: str) -> Decimal:
    one = of.get(name) if isinstance(of, dict) else None
    figure = parse(one.get("amount")) if isinstance(one, dict) and one.get("currency") == asset else None
    return ZERO if figure is None else figure


def _cells(row: Row, change: Change | None) -> tuple[str, ...]:
    """Return the cells of a movement: what came or went without the fee, and the fee; none for any other row."""
    if change is None or change.kind not in MOVED:
        return ()
    fee = parse(change.fee) or ZERO
    address = _inside(row, "to", "address") or _inside(row, "from", "address")
    network = _inside(row, "network", "network_name") or _inside(row, "network", "name")
    return (
        *(change.kind, change.asset, plain(add(abs(change.amount), fee)), change.fee.removeprefix("-")),
        *(change.asset if change.fee else "", network, address, _inside(row, "network", "hash"), row.text("status")),
    )


def _transfer_cells(half: Half, other: Half, change: Change | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells of a transfer from one wallet to another, with the rows of the ledger that are its halves."""
    size = "" if change is None else plain(abs(change.amount))
    ids = " ".join(f"{TRANSACTIONS_ID}{OF_ROW}{one.wallet}:{one.id}:1" for one in (half, other))
    accounts = [names.get(one.wallet, one.wallet) for one in (half, other)]
    return (WALLETS, WALLETS, *accounts, "" if change is None else change.asset, size, ids)


def _inside(row: Row, of: str, name: str) -> str:
    """Return a text in an object of a row, "" without one."""
    one = row.raw.get(of)
    value = one.get(name) if isinstance(one, Mapping) else None
    return value if isinstance(value, str) else ""


def transaction_reader(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    """Return the reader of transactions, which knows the halves of transfers, and the balances, of all wallets."""
    halves, uneven = halves_in(rows_of), uneven_wallets(rows_of)

    def read(row: Row) -> ChangedRow:
        found = transaction(row, halves)
        return replace(found, unknown=found.unknown or uneven.get(row.hint(WALLET), ""))

    return read


TRANSACTIONS = ChangeList(
    id=TRANSACTIONS_ID,
    title=mark("Transactions of every wallet"),
    wallets=(WALLETS,),
    endpoint=Endpoint(
        path="accounts/{account_id}/transactions",
        site=V2,
        limit=APP,
        pagination=BY_LAST_ID,
        rows=listed("data"),
        source=f"{APP_DOC}, Transactions",
    ),
    reach=FOR_EVER,
    key="id",
    time="created_at",
    unit="iso",
    ordered=False,
    partition=Partition(parameter="account_id", of=(WALLETS_ID,), find=wallet_ids, field=WALLET, about=ABOUT),
    fields=(text("id"), text("type"), text("status"), text("created_at")),
    read=transaction,
    reader_of=transaction_reader,
    table="movements",
)
