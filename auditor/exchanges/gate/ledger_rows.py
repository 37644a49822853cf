"""Gate: how the rows of its five ledgers are read, and the balances that they come to.

A row prints the balance after it; a fee is a row of its own. Real answers of an options account show that, each balance
without its change being the one before (ccxt/ccxt#18145). Times of spot rows are documented in milliseconds, and were
seen in seconds too; those of contracts are seconds, with a fraction or without. The rows of one second are taken
together, so that it is all the same which of them have a finer time. Ids are documented for some ledgers and some ages.
"""

from collections.abc import Callable

from auditor.exchanges.gate.history_kinds import CONTRACT_KINDS, OTHER, spot_kind, spot_type
from auditor.i18n import mark
from auditor.model import amounts
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows, object_row
from auditor.spec.times import milliseconds

MOMENT, COIN, AMOUNT = "moment", "coin", "amount"
"""Fields that are added to rows: whole Unix seconds, the coin of a contract's row, and what an account shows."""
SECONDS, SECOND, MICRO = 11, 1000, 1_000_000
"""Digits of the longest number of Unix seconds, a longer one counts milliseconds; and the milliseconds and microseconds
of a second."""
TRADED = frozenset({"trade", "fee"})
NO_TYPE, NO_TRADE = "?", "0"
POINTS = "POINT"
_KINDS_APART = frozenset({"BONUS", "VOUCHER"})
_APART = {"point": POINTS, "bonus": "{coin}-BONUS", "pv": "{coin}-VOUCHER"}
"""By the beginning of a type: what is none of the account's balance, which is documented as the sum of the others."""
NOT_DOCUMENTED = mark(
    "No page says which balance Gate prints in rows of points, bonuses and vouchers, and here they do not follow one "
    "another. Compare these rows with what its app shows."
)


def in_micros(time: object) -> int:
    """Return a time that counts seconds or milliseconds as Unix microseconds, 0 for what is no time."""
    number = amounts.parse(time)
    if number is None or number <= 0:
        return 0
    return int(number * (MICRO if len(str(int(number))) <= SECONDS else SECOND))


def dated_rows(data: object) -> list[object]:
    """Return the rows of an answer, each with its second."""
    return [_dated(row) for row in list_rows(data)]


def _dated(row: object) -> object:
    micros = in_micros(_field(row, "time"))
    return _with(row, MOMENT, str(micros // MICRO) if micros else "")


def spot_entry(row: Row) -> LedgerEntry:
    """Read a row of the spot account, whose older rows have a type and no code."""
    change, coin = row.amount("change"), row.text("currency")
    code = row.hint("code") or row.hint("type") or NO_TYPE
    kind, micros, number = spot_kind(code, is_in=change > 0), in_micros(row.hint("time")), row.hint("id")
    # What the site's export calls the id of the order, of rows of orders.
    about = row.hint("text") if kind in TRADED else ""
    return LedgerEntry(
        number=micros,
        id=number or f"{micros}-{coin}-{row.hint('balance')}",
        time=milliseconds(row.text(MOMENT), "s"),
        asset=coin,
        change=change,
        balance=row.amount("balance"),
        digits=(row.hint("change"), row.hint("balance")),
        kind=kind,
        type=spot_type(code, coin),
        subtype=row.hint("type"),
        order_id=about,
        trade_id=about,
        ref=row.hint("text"),
    )


def contract_rows(coin: str) -> Callable[[object], list[object]]:
    """Return what selects the rows of an account in a coin, each with its second and its coin."""

    def rows(data: object) -> list[object]:
        return [_with(row, COIN, _coin_of(_field(row, "type"), coin)) for row in dated_rows(data)]

    return rows


def contract_entry(row: Row) -> LedgerEntry:
    """Read a row of an account for contracts or options."""
    kind, coin, contract = row.text("type"), row.text(COIN), row.hint("contract")
    about, _colon, number = row.hint("text").rpartition(":")
    micros, trade = in_micros(row.hint("time")), row.hint("trade_id")
    return LedgerEntry(
        number=micros,
        id=row.hint("id") or f"{micros}-{coin}-{row.hint('balance')}",
        time=milliseconds(row.text(MOMENT), "s"),
        asset=coin,
        change=row.amount("change"),
        balance=row.amount("balance"),
        digits=(row.hint("change"), row.hint("balance")),
        kind=CONTRACT_KINDS.get(kind, OTHER),
        type=kind,
        instrument=contract or about,
        trade_id=number if trade in {"", NO_TRADE} else trade,
        ref=row.hint("text"),
    )


def unsure_of(coin: str) -> str:
    """Return why the balances that rows of a coin print may be something else, "" of the account's own coin."""
    return NOT_DOCUMENTED if coin == POINTS or coin.partition("-")[2] in _KINDS_APART else ""


def account_rows(data: object) -> list[object]:
    """Return the balances of an account for contracts or options: its own, its points, and what was given to it."""
    row = object_row(data)[0]
    if not isinstance(row, dict):
        return [row]
    coin = row.get("currency")
    shown = {coin: row.get("total")}
    shown |= {_coin_of(name, str(coin)): row[name] for name in ("point", "bonus") if row.get(name)}
    return [{COIN: name, AMOUNT: amount} for name, amount in shown.items()]


def _field(row: object, name: str) -> object:
    return row.get(name) if isinstance(row, dict) else None


def _with(row: object, name: str, value: str) -> object:
    """Return a row with a further field; what is no row is the reader's to refuse."""
    return {**row, name: value} if isinstance(row, dict) else row


def _coin_of(kind: object, coin: str) -> str:
    beginning = str(kind).partition("_")[0]
    return _APART.get(beginning, coin).format(coin=coin)
