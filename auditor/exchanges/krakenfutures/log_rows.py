"""Kraken Futures: the rows of the account log, numbered from 1 on, with the balance before and after each.

A trade has two rows: one of the position, in contracts, and one of the money, unless its fee was paid with fee credits.
Of the money's rows, the change is the profit without the fee, and with the funding that was due (ccxt/ccxt#29760: so in
504 of 504 rows of a real account).
"""

from collections.abc import Callable
from decimal import Decimal

from auditor.exchanges.krakenfutures.asset_codes import CREDITS, usual_name
from auditor.model.amounts import ZERO, parse, plain, subtract, total
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.times import milliseconds

FLEX = "flex"
"""The multi-collateral wallet, whose coins have their own names; those of another wallet have that one's name, too."""
ALIASES = {"f-flex": FLEX, "holding": "cash"}
"""Other names of wallets, which the feeds of the same log have."""
COIN, BELOW, MOMENT = "coin", "below", "moment"
"""Fields that rows get: the coin of a row of money, the number before the row's own, and its time in milliseconds."""
OLD, NEW = "old_balance", "new_balance"
DOLLAR = "USD"
CONTRACT = "_"
"""In every code of a contract, and in none of a coin."""
OTHER = "other"
KINDS = {
    "futures trade": "trade",
    "options trade": "trade",
    "futures liquidation": "settlement",
    "futures partial liquidation": "settlement",
    "futures assignor": "settlement",
    "futures assignee": "settlement",
    "futures unwind counterparty": "settlement",
    "futures unwind bankrupt": "settlement",
    "covered liquidation": "settlement",
    "settlement": "settlement",
    "funding rate change": "funding",
    "conversion": "conversion",
    "interest payment": "interest",
    "kfee applied": "fee",
    "transfer": "transfer",
    "cross-exchange transfer": "transfer",
    "subaccount transfer": "subaccount",
    "admin transfer": "adjustment",
    "tax withheld": "adjustment",
    "tax refund": "adjustment",
    "futures tax withheld": "adjustment",
    "futures tax refund": "adjustment",
}
"""What each ``info`` of a row is called in this program's words (Get account log, May 2026, and its change log)."""


def log_rows(data: object) -> list[object]:
    """Select the rows of an answer, each with the fields that an archive pages and compares by."""
    return [_with_fields(row) if isinstance(row, dict) else row for row in rows_in("logs")(data)]


def _with_fields(row: dict[str, object]) -> dict[str, object]:
    code, wallet, number = row.get("asset"), row.get("margin_account"), row.get("id")
    found = dict(row)
    if isinstance(code, str) and isinstance(wallet, str) and CONTRACT not in code:
        found[COIN] = coin_name(code, wallet)
    if isinstance(number, str) and number.isascii() and number.isdigit() and number != "0":
        # The next page is asked up to the last row, which it repeats.
        found[BELOW] = str(int(number) - 1)
    try:
        found[MOMENT] = str(milliseconds(str(row.get("date")), "iso"))
    except ValueError:
        return found
    return found


def coin_name(code: str, wallet: str) -> str:
    """Return the name of a coin in a wallet: fee credits have one name in all."""
    coin, wallet = usual_name(code), ALIASES.get(wallet.lower(), wallet.lower())
    if CREDITS.coin_of(coin) is not None:
        return coin.removeprefix("K")
    return coin if wallet == FLEX else f"{coin}.{wallet}"


def reader() -> Callable[[Row], LedgerEntry]:
    """Return what reads the rows of an account, the oldest first: a position's row is one of USD that changes nothing.

    It names no coin of its own, whichever coin its contract is settled in.
    """
    balances: dict[str, Decimal] = {}

    def read(row: Row) -> LedgerEntry:
        if CONTRACT in row.text("asset"):
            return entry(row, DOLLAR, ZERO, balances.get(DOLLAR, ZERO))
        coin, balance = row.hint(COIN), row.amount(NEW)
        balances[coin] = balance
        return entry(row, coin, subtract(balance, row.amount(OLD)), balance)

    return read


def read_alone(row: Row) -> LedgerEntry:
    """Read a row without those before it."""
    return reader()(row)


def entry(row: Row, coin: str, change: Decimal, balance: Decimal) -> LedgerEntry:
    """Read a row of the log."""
    code, contract = row.text("info"), row.hint("contract").upper()
    fee = total(row.amount_or_none(name) or ZERO for name in ("fee", "liquidation_fee"))
    is_money = CONTRACT not in row.text("asset")
    return LedgerEntry(
        number=int(row.text("id")),
        time=int(row.text(MOMENT)),
        asset=coin,
        change=change,
        balance=balance,
        digits=(plain(change), plain(balance)),
        kind=KINDS.get(code, OTHER),
        type=code,
        description="" if is_money else position_words(row),
        fee=plain(-fee) if fee and is_money else "",
        instrument=contract or ("" if is_money else row.text("asset").upper()),
        # Of a transfer it is the spot site's reference.
        trade_id=row.hint("execution") if contract else "",
        ref=row.hint("booking_uid") if contract else row.hint("execution") or row.hint("booking_uid"),
    )


def position_words(row: Row) -> str:
    """Return what a position's row says: how large it was and is, and at which price it changed."""
    price = parse(row.raw.get("trade_price"))
    words = f"{row.text('asset').upper()} {plain(row.amount(OLD))} > {plain(row.amount(NEW))}"
    return words if price is None else f"{words} @ {plain(price)}"
