"""Binance: money of states: deposits and withdrawals, purchases by card or bank, P2P, and Binance Pay."""

from collections.abc import Iterator

from auditor.exchanges.binance.archive_lists.listing import (
    FIAT_PAGES,
    FUNDING,
    HALF_YEAR,
    MONTHLY,
    QUARTERLY,
    SPOT,
    YEAR_AND_A_HALF,
    amount_or_zero,
    change,
    counted_rows,
    moment_of,
    of_both,
    the_last,
    within,
)
from auditor.exchanges.binance.limits import SAPI, sapi, uid
from auditor.exchanges.binance.pages import OPENED, QUARTER
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.amounts import add, parse, plain, subtract, total
from auditor.spec.endpoint import Windows
from auditor.spec.fields import amount, optional_amount, optional_rows, required, text, time
from auditor.spec.paged_list import Partition, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.summed import Change, ChangedRow

DONE = frozenset({"Successful", "Finished", "Completed"})
NOT_DONE = frozenset({"Failed", "Refunded", "Expired"})
IN, OUT = "0", "1"
CASH_BALANCE = "Cash Balance"
"""The way to pay for a purchase out of the account's own fiat money."""
FROM_BEGIN = Windows(start="beginTime", end="endTime", span=QUARTER, first=OPENED)


def _unless_known(state: str) -> str:
    return "" if state in DONE | NOT_DONE else state


def fiat_order(row: Row) -> ChangedRow:
    """Read a deposit or withdrawal of fiat money: what came in is without its fee, what went out has it beside."""
    state, coin, fee = row.text("status"), row.text("fiatCurrency"), amount_or_zero(row, "totalFee")
    is_in = row.text("transactionType") == IN
    size = row.amount("amount") if is_in else -add(row.amount("amount"), fee)
    shown_fee = plain(-fee) if fee and not is_in else ""
    done = (change(SPOT, coin, size, "fiat", fee=shown_fee, description=row.hint("method")),)
    kind = "fiat deposit" if is_in else "fiat withdrawal"
    return ChangedRow(
        id=row.text("orderNo"),
        time=moment_of(row, "createTime"),
        changes=done if state in DONE else (),
        type=kind,
        cells=(kind, coin, *row.hints("amount", "totalFee"), coin, row.hint("method"), "", "", state),
        unknown=_unless_known(state),
        final=state in DONE | NOT_DONE,
    )


def payment(row: Row) -> ChangedRow:
    """Read a purchase or a sale for fiat money that a card or a bank pays, or the account's own fiat balance."""
    state, coin, fiat = row.text("status"), row.text("cryptoCurrency"), row.text("fiatCurrency")
    is_in = row.text("transactionType") == IN
    way = row.hint("paymentMethod")
    bought = change(SPOT, coin, row.amount("obtainAmount"), "fiat", description=way)
    paid = change(SPOT, fiat, -row.amount("sourceAmount"), "fiat", description=way)
    sold = change(SPOT, coin, -row.amount("sourceAmount"), "fiat", description=way)
    changes = ((bought, paid) if way == CASH_BALANCE else (bought,)) if is_in else (sold,)
    kind = "purchase" if is_in else "sale"
    size = row.hint("obtainAmount" if is_in else "sourceAmount")
    return ChangedRow(
        id=row.text("orderNo"),
        time=moment_of(row, "createTime"),
        changes=changes if state in DONE else (),
        type=kind,
        cells=(kind, coin, size, row.hint("totalFee"), fiat, way, "", "", state),
        unknown=_unless_known(state),
        final=state in DONE | NOT_DONE,
    )


def p2p_order(row: Row) -> ChangedRow:
    """Read a P2P order. Its coins are in the Funding wallet; a commission is taken from who placed or took it."""
    state, coin = row.text("orderStatus"), row.text("asset")
    fee = add(amount_or_zero(row, "commission"), amount_or_zero(row, "takerCommission"))
    is_in = row.text("tradeType") == "BUY"
    size = subtract(row.amount("amount"), fee) if is_in else -add(row.amount("amount"), fee)
    done = change(FUNDING, coin, size, "p2p", fee=plain(-fee) if fee else "", description=row.hint("payMethodName"))
    known = {"COMPLETED", "CANCELLED", "CANCELLED_BY_SYSTEM"}
    return ChangedRow(
        id=row.text("orderNumber"),
        time=moment_of(row, "createTime"),
        changes=(done,) if state == "COMPLETED" else (),
        type=f"P2P {row.text('tradeType')}",
        cells=(f"P2P {row.text('tradeType')}", coin, row.hint("amount"), plain(fee), coin, "", "", "", state),
        unknown="" if state in known else state,
        final=state in known,
    )


PAY_WALLETS = {"1": FUNDING, "2": SPOT, "3": "pay-fiat", "4": "pay-card", "5": "pay-earn", "6": "pay-card"}


def pay_transaction(row: Row) -> ChangedRow:
    """Read a Pay transaction: income in its own coin; an expenditure in the coins and wallets that paid for it."""
    size = row.amount("amount")
    return ChangedRow(
        id=row.text("transactionId"),
        time=moment_of(row, "transactionTime"),
        changes=tuple(_received(row) if size > 0 else _paid(row)),
        type=row.text("orderType"),
        cells=(f"Pay {row.text('orderType')}", row.text("currency"), row.hint("amount"), "", "", "", "", "", ""),
        unknown="" if _agrees(row) else "fundsDetail",
    )


def _agrees(row: Row) -> bool:
    """Return whether what an expenditure was paid with comes to its amount, as far as both are of one coin."""
    changes = [] if row.amount("amount") > 0 else list(_paid(row))
    is_one_coin = {change.asset for change in changes} == {row.text("currency")}
    return not is_one_coin or total(change.amount for change in changes) == row.amount("amount")


def _kind(row: Row) -> str:
    return "deposit" if row.amount("amount") > 0 else "withdrawal"


def _received(row: Row) -> Iterator[Change]:
    yield change(_pay_wallet(row.hint("walletType")), row.text("currency"), row.amount("amount"), _kind(row))


def _paid(row: Row) -> Iterator[Change]:
    """Yield what each wallet paid, or where that is not said, the amount out of the wallet of the transaction."""
    funds = row.rows("fundsDetail")
    if not funds:
        yield change(_pay_wallet(row.hint("walletType")), row.text("currency"), row.amount("amount"), _kind(row))
    for fund in funds:
        parts = fund.raw.get("walletAssetCost")
        costs = parts if isinstance(parts, dict) and parts else {row.hint("walletType"): fund.hint("amount")}
        for wallet, cost in costs.items():
            size = parse(cost)
            if size is None:
                raise ValueError(cost)
            yield change(_pay_wallet(str(wallet)), fund.text("currency"), -abs(size), _kind(row))


def _pay_wallet(code: str) -> str:
    return PAY_WALLETS.get(code, "pay-other")


_TYPES = Partition(parameter="transactionType", values=(IN, OUT), field="transactionType")
FIAT_ORDERS = of_both(
    id="fiat-orders",
    title=mark("Fiat deposits and withdrawals"),
    endpoint=documented(
        SAPI,
        "fiat/orders",
        uid(45000),
        windows=FROM_BEGIN,
        pagination=FIAT_PAGES,
        rows=counted_rows("data"),
    ),
    key="orderNo",
    time="createTime",
    partition=_TYPES,
    fields=(
        *(text("orderNo"), text("status"), text("fiatCurrency"), amount("amount"), optional_amount("totalFee")),
        *(text("transactionType"), time("createTime")),
    ),
    read=fiat_order,
    table="movements",
)
PAYMENTS = of_both(
    id="fiat-payments",
    title=mark("Purchases and sales by card or bank"),
    endpoint=documented(
        SAPI,
        "fiat/payments",
        sapi(1),
        windows=FROM_BEGIN,
        pagination=FIAT_PAGES,
        rows=counted_rows("data"),
    ),
    key="orderNo",
    time="createTime",
    partition=_TYPES,
    fields=(
        *(text("orderNo"), text("status"), text("fiatCurrency"), text("cryptoCurrency"), amount("sourceAmount")),
        *(amount("obtainAmount"), text("transactionType"), time("createTime")),
    ),
    read=payment,
    table="movements",
)
P2P = of_both(
    id="p2p",
    title=mark("P2P orders"),
    endpoint=documented(
        SAPI,
        "c2c/orderMatch/listUserOrderHistory",
        sapi(1),
        queries=within(HALF_YEAR),
        windows=Windows(start="startTimestamp", end="endTimestamp", span=MONTHLY.span, first=OPENED),
        pagination=FIAT_PAGES,
        rows=counted_rows("data"),
    ),
    reach=the_last(mark("the last 6 months"), HALF_YEAR),
    key="orderNumber",
    time="createTime",
    partition=Partition(parameter="tradeType", values=("BUY", "SELL"), field="tradeType"),
    fields=(
        *(text("orderNumber"), text("orderStatus"), text("asset"), amount("amount"), text("tradeType")),
        *(optional_amount("commission"), optional_amount("takerCommission"), time("createTime")),
    ),
    read=p2p_order,
    table="movements",
)
PAY = of_both(
    id="pay",
    title=mark("Binance Pay"),
    endpoint=documented(
        SAPI,
        "pay/transactions",
        uid(3000),
        queries=within(YEAR_AND_A_HALF),
        windows=QUARTERLY,
        rows=rows_in("data"),
    ),
    reach=the_last(mark("the last 18 months"), YEAR_AND_A_HALF),
    paging=Single(size=100),
    key="transactionId",
    time="transactionTime",
    fields=(
        *required(texts="transactionId orderType currency", amounts="amount", times="transactionTime"),
        optional_rows("fundsDetail", text("currency")),
    ),
    read=pay_transaction,
    table="movements",
)
