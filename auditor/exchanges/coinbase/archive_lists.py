"""Coinbase: the lists that show a part of the transactions over again: fills, fiat money, orders.

Fills and orders are those of the key's portfolio, transactions those of all wallets. Every fill is two transactions,
one in the wallet of each of its coins: fills are not added up, they show which transactions are missing.
"""

from collections.abc import Hashable

from auditor.exchanges.coinbase.archive_wallets import FOR_EVER, WALLETS, WALLETS_ID, fiat_wallet_ids
from auditor.exchanges.coinbase.orders import SOURCES
from auditor.exchanges.coinbase.sources import APP, APP_DOC, DOC, PRIVATE, V2, V3
from auditor.exchanges.coinbase.transfer_halves import DONE
from auditor.exchanges.coinbase.wallets import BY_CURSOR, BY_LAST_ID, listed
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Token
from auditor.spec.fields import required, text
from auditor.spec.history_tables import IN_COIN
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import Partition
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.times import milliseconds

FILL_TYPE, FIAT_TYPES = "advanced_trade_fill", frozenset({"fiat_deposit", "fiat_withdrawal"})
LEGS = 2
BASE_AND_QUOTE = 2
BY_CURSOR_TO_A_BLANK = Token(parameter="cursor", next="cursor", size=100)
"""Fills have no flag: a blank cursor ends the list."""


def fill(row: Row) -> ListedRow:
    """Read a fill; reversals and corrections of fills are listed, too, and match no transaction for certain."""
    product, order = row.text("product_id"), row.text("order_id")
    parts = product.split("-")
    quote = parts[-1] if len(parts) == BASE_AND_QUOTE else ""
    # Of a pair; a market order may be given in the other coin.
    unit = IN_COIN if quote and row.raw.get("size_in_quote") is False else ""
    return ListedRow(
        id=row.text("entry_id"),
        time=milliseconds(row.text("trade_time"), "iso"),
        cells=(
            *(product, row.hint("side").lower(), *row.hints("price", "size"), unit, row.hint("commission"), quote),
            *(row.hint("liquidity_indicator").lower(), order, row.text("trade_id"), ""),
        ),
        marks=(order,),
        due=False,
        expected=row.text("trade_type") == "FILL",
        legs=LEGS,
    )


def order_of(entry: LedgerEntry) -> Hashable:
    """Return the order whose fill a transaction is."""
    return entry.order_id or None


FILLS = SecondList(
    id="fills",
    title=mark("Fills of Advanced"),
    wallet=WALLETS,
    endpoint=Endpoint(
        path="brokerage/orders/historical/fills",
        site=V3,
        limit=PRIVATE,
        pagination=BY_CURSOR_TO_A_BLANK,
        rows=listed("fills"),
        source=f"{DOC}, List Fills",
    ),
    reach=FOR_EVER,
    key="entry_id",
    time="trade_time",
    unit="iso",
    ordered=False,
    fields=required(texts="entry_id trade_id order_id trade_time trade_type product_id", amounts="price size"),
    read=fill,
    table="fills",
    # In the European Union, until the user proves in the app who they are.
    may_be_withheld=True,
    types=frozenset({FILL_TYPE}),
    mark=order_of,
    # Transactions name no trade: of an order with several fills, it is not known which is of which.
    joined_by={"order_id": "order_id"},
)


def past_order(row: Row) -> ListedRow:
    """Read an order, with what it came to."""
    kinds = row.raw.get("order_configuration")
    one = next((each for each in kinds.values() if isinstance(each, dict)), {}) if isinstance(kinds, dict) else {}
    size = next((one[name] for name in ("base_size", "quote_size") if isinstance(one.get(name), str)), "")
    price = one.get("limit_price")
    return ListedRow(
        id=row.text("order_id"),
        time=milliseconds(row.text("created_time"), "iso"),
        cells=(
            *("order", row.hint("product_id"), row.hint("side").lower(), row.hint("order_type").lower()),
            *(price if isinstance(price, str) else "", size),
            *row.hints("filled_size", "average_filled_price", "total_fees"),
            *("", row.hint("status").lower(), row.hint("originating_order_id"), row.hint("client_order_id")),
            row.hint("last_fill_time"),
        ),
    )


ORDERS = SecondList(
    id="orders",
    title=mark("Orders"),
    wallet=WALLETS,
    endpoint=Endpoint(
        path="brokerage/orders/historical/batch",
        site=V3,
        limit=PRIVATE,
        pagination=BY_CURSOR,
        rows=listed("orders"),
        source=f"{DOC}, List Orders",
    ),
    reach=FOR_EVER,
    key="order_id",
    time="created_time",
    unit="iso",
    ordered=False,
    # Without one, Coinbase lists those of Advanced alone.
    partition=Partition(parameter="order_placement_source", values=tuple(SOURCES)),
    fields=(text("order_id"), text("created_time")),
    read=past_order,
    table="orders",
    explains=True,
)


def fiat_movement(row: Row, kind: str) -> ListedRow:
    """Read a deposit or withdrawal of fiat money; one that was completed may name the transaction that it is."""
    payment, money = row.raw.get("transaction"), row.raw.get("amount")
    number = payment.get("id") if isinstance(payment, dict) else None
    fee, figure = row.raw.get("fee"), money if isinstance(money, dict) else {}
    charged = fee.get("amount") if isinstance(fee, dict) else None
    is_done = row.text("status") == DONE and isinstance(number, str) and bool(number)
    texts = (figure.get("amount"), charged, figure.get("currency"))
    size, charge, asset = (one if isinstance(one, str) else "" for one in texts)
    return ListedRow(
        id=row.text("id"),
        time=milliseconds(row.text("created_at"), "iso"),
        cells=(f"fiat {kind}", "", asset, size, "", "", "", charge, "", row.text("status")),
        marks=(number,) if is_done else (),
        due=False,
        expected=is_done,
    )


def id_in_list(entry: LedgerEntry) -> Hashable:
    """Return the id of the transaction that a row is of."""
    return entry.label.split(":")[-2]


def _fiat(name: str, title: str, page: str) -> SecondList:
    return SecondList(
        id=f"fiat-{name}",
        title=title,
        wallet=WALLETS,
        endpoint=Endpoint(
            path=f"accounts/{{account_id}}/{name}",
            site=V2,
            limit=APP,
            pagination=BY_LAST_ID,
            rows=listed("data"),
            source=f"{APP_DOC}, {page}",
        ),
        reach=FOR_EVER,
        key="id",
        time="created_at",
        unit="iso",
        ordered=False,
        partition=Partition(parameter="account_id", of=(WALLETS_ID,), find=fiat_wallet_ids),
        fields=required(texts="id status created_at"),
        read=lambda row: fiat_movement(row, name.removesuffix("s")),
        table="products",
        mark=id_in_list,
        perhaps={WALLETS: FIAT_TYPES},
        explains=True,
    )


FIAT = (
    _fiat("deposits", mark("Fiat deposits"), "Deposit Fiat"),
    _fiat("withdrawals", mark("Fiat withdrawals"), "Withdraw Fiat"),
)
