"""Rows of lists at Binance that only explain, in the shapes that its documentation shows, for an account that has them.

Products that the account has, a few rows of each list, an hour apart, the newest one two days before now.
"""

from typing import Any

from auditor import demo
from tests.archive.archiving import NOW
from tests.archive.binance_archiving import told

HOUR = 3_600_000
LAST = int(NOW.timestamp() * 1000) - 48 * HOUR
PAIR = "ETHUSDT"
MARGIN = "sapi/v1/margin"
PRODUCTS = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")
Rows = list[dict[str, Any]]


def at(rows: Rows, time: str) -> Rows:
    """The rows with a time each, the first one newest."""
    return [{**row, time: LAST - number * HOUR} for number, row in enumerate(rows)]


def fill(number: int, *, isolated: bool) -> dict[str, Any]:
    ids = {"id": number, "orderId": number + 1, "symbol": PAIR, "isIsolated": isolated}
    paid = {"price": "2600", "qty": "0.1", "commission": "0.0001", "commissionAsset": "BNB"}
    return {**ids, **paid, "isBestMatch": True, "isBuyer": True, "isMaker": False}


def order(number: int, *, isolated: bool) -> dict[str, Any]:
    ids = {"orderId": number + 1, "clientOrderId": f"demo-{number}", "symbol": PAIR, "isIsolated": isolated}
    figures = {"price": "2600", "origQty": "0.1", "executedQty": "0.1", "cummulativeQuoteQty": "260"}
    rest = {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "status": "FILLED", "isWorking": True}
    return {**ids, **figures, **rest, "updateTime": LAST}


def margin() -> dict[str, Rows]:
    flows = [
        {"id": 11, "tranId": 101, "asset": "USDT", "symbol": "", "type": "BORROW", "amount": "101"},
        {"id": 12, "tranId": 102, "asset": "ETH", "symbol": "", "type": "BUY_INCOME", "amount": "0.1"},
        {"id": 13, "tranId": 103, "asset": "USDT", "symbol": PAIR, "type": "TRANSFER", "amount": "50"},
    ]
    charged = {"asset": "USDT", "rawAsset": "USDT", "principal": "45", "interestRate": "0.0001", "type": "ON_BORROW"}
    interest = [
        {**charged, "txId": 21, "interest": "0.0045"},
        {**charged, "txId": 22, "interest": "0.0009", "isolatedSymbol": PAIR},
    ]
    loan = {"type": "MANUAL", "amount": "14", "asset": "USDT", "interest": "0.01", "principal": "13.99"}
    loans = [
        {**loan, "@type": kind, "txId": number, "status": "CONFIRMED", **pair}
        for number, (kind, pair) in enumerate(
            (kind, pair) for kind in ("BORROW", "REPAY") for pair in ({}, {"isolatedSymbol": PAIR})
        )
    ]
    moved = {"amount": "5", "asset": "USDT", "status": "CONFIRMED"}
    transfers = [
        {**moved, "txId": 41, "type": "ROLL_IN"},
        {**moved, "txId": 42, "type": "ROLL_IN", "isolatedSymbol": PAIR, "transFrom": "SPOT"},
    ]
    both = (False, True)
    return {
        f"{MARGIN}/capital-flow": at(flows, "timestamp"),
        f"{MARGIN}/interestHistory": at(interest, "interestAccuredTime"),
        f"{MARGIN}/borrow-repay": at(loans, "timestamp"),
        f"{MARGIN}/transfer": at(transfers, "timestamp"),
        f"{MARGIN}/myTrades": at([fill(50 + one, isolated=one) for one in both], "time"),
        f"{MARGIN}/allOrders": at([order(50 + one, isolated=one) for one in both], "time"),
        f"{MARGIN}/isolated/account": [{"symbol": PAIR}],
    }


def with_every_list() -> demo.Account:
    """The account of a story, with rows in every list that only explains."""
    products = [dict.fromkeys(PRODUCTS, True)]
    return told().with_(books={**told().books, "sapi/v1/account/info": products, **margin()})
