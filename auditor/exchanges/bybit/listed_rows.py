"""Bybit: how the rows of the lists beside its two ledgers are read, and what a ledger's row has in common with them.

Checked against answers of a real account (2026): a withdrawal changes the Funding account by amount and fee together,
a conversion has one row for each of its two coins.
"""

from collections.abc import Hashable
from dataclasses import replace

from auditor.exchanges.bybit.flows import DEPOSITED, DEPOSITED_INSIDE, TRANSFERRED, WITHDRAWN
from auditor.exchanges.bybit.sources import ROWS
from auditor.model.amounts import add
from auditor.spec.history_tables import IN_COIN
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow

OWN_WALLETS = frozenset({"FUND", "UNIFIED"})
CREDITED = frozenset({"3", "70012"})
"""70012: credited, and a review of a rollback left it so."""
COMPANIONS = ("maw_deduct_transfer_", "deposit_")
"""Begin the ids of transfers that Bybit makes of itself beside a withdrawal or a deposit of the unified account."""


def amount_mark(entry: LedgerEntry) -> Hashable:
    """Return the coin and the change of a row: all that it has in common with a deposit or a transfer."""
    return entry.asset, entry.change


def order_mark(entry: LedgerEntry) -> Hashable:
    """Return the order that a row of the unified account is of, None for one of none.

    A fee in a third coin is a row of its own, which a fill need not have.
    """
    return (entry.instrument, entry.order_id) if entry.order_id and entry.kind != "fee" else None


def fill(row: Row, unit: str = "") -> ListedRow:
    """Read a fill. One of a pair has two rows in the ledger or more, as its fee may be in a third coin.

    Funding fees and liquidations are fills too, of which the ledger's rows have types of their own. ``unit``: what its
    size counts, as far as that is known.
    """
    sides = {"true": "maker", "false": "taker"}
    liquidity = sides.get(str(row.raw.get("isMaker")).lower(), "")
    return ListedRow(
        id=row.text("execId"),
        time=int(row.hint("execTime")),
        cells=(
            row.text("symbol"),
            row.text("side"),
            *row.hints("execPrice", "execQty"),
            unit,
            *row.hints("execFee", "feeCurrency"),
            liquidity,
            *row.hints("orderId", "execId"),
            "",
        ),
        marks=((row.text("symbol"), row.text("orderId")),),
        due=row.text("execType") == "Trade",
    )


def spot_fill(row: Row) -> ListedRow:
    """Read a fill of a pair."""
    return replace(fill(row, IN_COIN), legs=2)


def deposit(row: Row) -> ListedRow:
    """Read a deposit. Only one that is credited must have changed the balance."""
    names = ("chain", "toAddress", "txID", "status")
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("successAt") or 0),
        cells=("deposit", row.text("coin"), row.hint("amount"), row.hint("depositFee"), "", *map(row.hint, names)),
        marks=((row.text("coin"), row.amount("amount")),),
        due=row.text("status") in CREDITED,
        final=row.text("status") in DEPOSITED,
        credited=int(row.hint("successAt") or 0),
    )


def inside_deposit(row: Row) -> ListedRow:
    """Read a deposit from another user of Bybit, whose time has whole seconds."""
    cells = ("deposit", row.text("coin"), row.hint("amount"), "", "", "", *row.hints("address", "txID", "status"))
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("createdTime")) * 1000,
        cells=cells,
        marks=((row.text("coin"), row.amount("amount")),),
        due=row.text("status") == "2",
        final=row.text("status") in DEPOSITED_INSIDE,
    )


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal. The ledger counts its fee with it."""
    sent, fee, coin = row.amount("amount"), row.amount_or_none("withdrawFee"), row.text("coin")
    names = ("chain", "toAddress", "txID", "status")
    with_fee = ((coin, -add(sent, fee)),) if fee else ()
    return ListedRow(
        id=row.text("withdrawId"),
        time=int(row.hint("createTime")),
        cells=("withdrawal", coin, *row.hints("amount", "withdrawFee"), coin, *map(row.hint, names)),
        marks=(*with_fee, (coin, -sent)),
        due=row.text("status") == "success",
        final=row.text("status") in WITHDRAWN,
    )


def move(row: Row) -> ListedRow:
    """Read a transfer between two wallets: each ledger has a half.

    One to a wallet without a ledger is nothing that a half could be matched with.
    """
    coin, size = row.text("coin"), row.amount("amount")
    wallets = frozenset({row.text("fromAccountType"), row.text("toAccountType")})
    is_done = row.text("status") == "SUCCESS" and wallets == OWN_WALLETS
    return ListedRow(
        id=row.text("transferId"),
        time=int(row.hint("timestamp")),
        cells=(),
        marks=((coin, -size), (coin, size)) if is_done else (),
        due=False,
        expected=not row.text("transferId").startswith(COMPANIONS),
        legs=2,
    )


def gift(row: Row) -> ListedRow:
    """Read a transfer between two accounts of one owner, of which at most one is this archive's."""
    coin, size = row.text("coin"), row.amount("amount")
    names = ("fromAccountType", "toAccountType", "fromMemberId", "toMemberId")
    is_done = row.text("status") == "SUCCESS"
    return ListedRow(
        id=row.text("transferId"),
        time=int(row.hint("timestamp")),
        cells=(*row.hints(*names), coin, row.hint("amount"), ""),
        marks=((coin, -size), (coin, size)) if is_done else (),
        due=False,
        expected=True,
        parties=frozenset({row.text("fromMemberId"), row.text("toMemberId")}),
        final=row.text("status") in TRANSFERRED,
    )


def conversion(row: Row) -> ListedRow:
    """Read a conversion, of either wallet."""
    names = ("fromCoin", "fromAmount", "toCoin", "toAmount", "exchangeStatus")
    given = row.text("fromCoin"), -row.amount("fromAmount")
    received = row.text("toCoin"), row.amount("toAmount")
    return ListedRow(
        id=row.text("exchangeTxId"),
        time=int(row.hint("createdAt")),
        cells=("sell", *map(row.hint, names), row.hint("accountType") or "convert"),
        marks=(given, received) if row.text("exchangeStatus") == "success" else (),
        due=False,
        expected=True,
        legs=2,
    )


def sweep(row: Row) -> ListedRow:
    """Read a conversion of small balances to one coin: how many rows the ledger has of it is not documented."""
    parts = [part for part in row.rows("subRecords") if part.text("status") == "success"]
    given = tuple((part.text("fromCoin"), -part.amount("fromAmount")) for part in parts)
    received = tuple((part.text("toCoin"), part.amount("toAmount")) for part in parts)
    coins, sizes = (", ".join(part.hint(name) for part in parts) for name in ("fromCoin", "fromAmount"))
    return ListedRow(
        id=row.text("exchangeTxId"),
        time=int(row.hint("createdAt")),
        cells=("sell", coins, sizes, *row.hints("toCoin", "toAmount", "status"), "dust"),
        marks=(*given, *received),
        due=False,
        legs=max(len(given) + len(received), 1),
    )


def dated_deposits(data: object) -> list[object]:
    """Return the deposits of an answer; one that is not credited yet has no time."""
    found = ROWS(data)
    return [{**row, "successAt": row.get("successAt") or "0"} if isinstance(row, dict) else row for row in found]
