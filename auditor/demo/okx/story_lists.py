"""What the lists that explain a generated history say: orders, positions, interest, products, bots.

Shapes are those of the bodies at https://www.okx.com/docs-v5/en/ (June 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from auditor.demo.model import Row

DAY = 86_400_000
"""Milliseconds."""
WEEK, QUARTER, YEAR = 7 * DAY, 90 * DAY, 365 * DAY
"""How far back the exchange gives some of them."""
INTEREST_RATE = Decimal("0.0000040833333333")


def explaining_lists(trading: Sequence[Row], fills: Sequence[Row], now: int) -> dict[str, list[Row]]:
    """Return the rows of each list by its path, for an account with this Trading ledger and these fills."""
    made: Mapping[str, Callable[[], Iterator[Row]]] = {
        "trade/orders-history-archive": lambda: map(_order, _since(fills, now - QUARTER)),
        "account/positions-history": lambda: map(_position, _since(_of_type(trading, "2", "SWAP"), now - QUARTER)),
        "account/interest-accrued": lambda: map(_interest, _since(_of_type(trading, "7"), now - YEAR)),
        "trade/easy-convert-history": lambda: _easy_converts(_since(_of_type(trading, "28"), now - WEEK)),
        "trade/orders-algo-history": lambda: _algo_orders(now),
        "finance/savings/lending-history": lambda: _earnings(now),
        "fiat/deposit-order-history": lambda: _fiat_orders(now),
        "finance/staking-defi/eth/purchase-redeem-history": lambda: _stakings(now),
        "finance/staking-defi/orders-history": lambda: _on_chain_orders(now),
        "finance/flexible-loan/loan-history": lambda: _loans(now),
        "tradingBot/grid/orders-algo-history": lambda: _bots(now),
        "tradingBot/grid/sub-orders": lambda: _bot_orders(now),
        "sprd/trades": lambda: _spread_trades(now),
        "rfq/trades": lambda: _block_trades(now),
        "account/subtypes": _words,
    }
    return {path: list(rows()) for path, rows in made.items()}


def _of_type(rows: Sequence[Row], kind: str, instrument: str = "") -> list[Row]:
    return [row for row in rows if row["type"] == kind and row["instType"].startswith(instrument)]


def _since(rows: Sequence[Row], time: int) -> list[Row]:
    return [row for row in rows if int(row["ts"]) >= time]


def _order(fill: Row) -> Row:
    names = ("instId", "instType", "ordId", "side", "fee", "feeCcy", "clOrdId", "posSide", "tag")
    sizes = {"sz": fill["fillSz"], "accFillSz": fill["fillSz"], "avgPx": fill["fillPx"], "px": ""}
    times = {"cTime": str(int(fill["ts"]) - 1000), "uTime": fill["ts"], "fillTime": fill["ts"]}
    return {
        **{name: fill[name] for name in names},
        **sizes,
        **times,
        "ordType": "market",
        "state": "filled",
        "algoId": "",
    }


def _position(bill: Row) -> Row:
    pnl = {name: bill[name] for name in ("pnl", "fee")}
    sizes = {"closeTotalPos": "3", "openMaxPos": "3", "openAvgPx": "2590.5", "closeAvgPx": "2600.25", "lever": "5.0"}
    kinds = {"direction": "long", "posSide": "net", "mgnMode": "cross", "type": "2", "ccy": bill["ccy"]}
    ids = {"posId": bill["ordId"], "instId": bill["instId"], "instType": "SWAP", "uly": "ETH-USDT"}
    times = {"cTime": str(int(bill["ts"]) - 3_600_000), "uTime": bill["ts"]}
    return {
        **pnl,
        **sizes,
        **kinds,
        **ids,
        **times,
        "realizedPnl": bill["balChg"],
        "fundingFee": "0",
        "liqPenalty": "0",
    }


def _interest(bill: Row) -> Row:
    interest = bill["balChg"].removeprefix("-")
    rate = format(INTEREST_RATE, "f")
    return {
        "ccy": bill["ccy"],
        "instId": "",
        "interest": interest,
        "interestRate": rate,
        "liab": "97",
        "mgnMode": "cross",
    } | {
        "ts": bill["ts"],
        "type": "2",
    }


def _easy_converts(dust: Sequence[Row]) -> Iterator[Row]:
    for given, received in zip(dust[::2], dust[1::2], strict=True):
        sizes = {"fillFromSz": given["balChg"].removeprefix("-"), "fillToSz": received["balChg"]}
        coins = {"fromCcy": given["ccy"], "toCcy": received["ccy"]}
        yield {**coins, **sizes, "status": "filled", "acct": "18", "uTime": given["ts"]}


def _algo_orders(now: int) -> Iterator[Row]:
    for number, state in enumerate(("effective", "canceled"), 1):
        time = str(now - number * DAY)
        ids = {
            "algoId": str(1_880_000 - number),
            "algoClOrdId": "",
            "ordId": "",
            "instId": "BTC-USDT",
            "instType": "SPOT",
        }
        sizes = {"sz": "0.001", "ordPx": "-1", "actualSz": "", "actualPx": "", "triggerPx": "61000.5"}
        yield {**ids, **sizes, "ordType": "trigger", "state": state, "side": "buy", "cTime": time, "uTime": time}


def _earnings(now: int) -> Iterator[Row]:
    for hours in range(1, 4):
        time = str(now - hours * 3_600_000)
        yield {"ccy": "USDT", "amt": "600", "earnings": "0.000410958904109589", "rate": "0.006", "ts": time}


def _fiat_orders(now: int) -> Iterator[Row]:
    time = str(now - 2 * DAY)
    payment = {"paymentMethod": "SEPA", "paymentAcctId": "20", "amt": "250", "fee": "0", "ccy": "EUR"}
    yield {**payment, "ordId": "24041", "state": "failed", "clientId": "", "cTime": time, "uTime": str(now - DAY)}


def _stakings(now: int) -> Iterator[Row]:
    time = str(now - 3 * DAY)
    times = {"requestTime": time, "completedTime": time, "estCompletedTime": ""}
    yield {**times, "amt": "0.62666630", "redeemingAmt": "", "status": "success", "type": "purchase"}


def _on_chain_orders(now: int) -> Iterator[Row]:
    times = {"purchasedTime": str(now - 9 * DAY), "redeemedTime": str(now - 4 * DAY)}
    parts = {
        "investData": [{"ccy": "DOT", "amt": "2"}],
        "earningData": [{"ccy": "DOT", "earningType": "0", "realizedEarnings": "0.004"}],
    }
    ids = {"ordId": "1579252", "ccy": "DOT", "productId": "101", "protocol": "Polkadot", "protocolType": "defi"}
    yield {**ids, **parts, **times, "state": "3", "term": "0", "apy": "0.1704", "tag": ""}


def _loans(now: int) -> Iterator[Row]:
    yield {"amt": "-0.001", "ccy": "DOT", "refId": "17316594851", "ts": str(now - 5 * DAY), "type": "collateral_locked"}


def _bots(now: int) -> Iterator[Row]:
    times = {"cTime": str(now - 8 * DAY), "uTime": str(now - 6 * DAY)}
    figures = {"investment": "25", "totalPnl": "1.25", "fee": "-0.02", "fundingFee": "", "gridNum": "10"}
    ids = {"algoId": "565849588", "algoClOrdId": "", "algoOrdType": "grid", "instId": "BTC-USDT", "instType": "SPOT"}
    yield {**ids, **figures, **times, "state": "stopped", "direction": "", "rebateTrans": [], "triggerParams": []}


def _bot_orders(now: int) -> Iterator[Row]:
    for number in range(1, 4):
        time = str(now - 7 * DAY + number * 60_000)
        ids = {"algoId": "565849588", "algoOrdType": "grid", "type": "filled", "ordId": str(449_109 + number)}
        sizes = {"sz": "0.0004", "accFillSz": "0.0004", "px": "30404.3", "avgPx": "30404.3", "fee": "-0.01"}
        more = {"feeCcy": "USDT", "instId": "BTC-USDT", "instType": "SPOT", "ordType": "limit", "side": "sell"}
        yield {**ids, **sizes, **more, "state": "filled", "cTime": time, "uTime": time}


def _spread_trades(now: int) -> Iterator[Row]:
    ids = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "tradeId": "123", "ordId": "123445", "clOrdId": "b16", "tag": ""}
    legs = [
        {"instId": name, "px": "20000", "sz": "3", "side": side, "fee": "", "feeCcy": "", "tradeId": "1"}
        for name, side in (("BTC-USDT", "buy"), ("BTC-USDT-SWAP", "sell"))
    ]
    figures = {"fillPx": "999", "fillSz": "3", "state": "filled", "side": "buy", "execType": "M"}
    yield {**ids, **figures, "legs": legs, "ts": str(now - DAY), "code": "", "msg": ""}


def _block_trades(now: int) -> Iterator[Row]:
    leg = {"instId": "BTC-USDT", "side": "sell", "sz": "0.666", "px": "100", "tradeId": "43", "fee": "-0.0333"}
    ids = {"rfqId": "123456", "clRfqId": "", "quoteId": "0T5342O", "blockTdId": "439127542058", "tag": ""}
    yield {**ids, "legs": [{**leg, "feeCcy": "USDT"}], "isSuccessful": True, "cTime": str(now - 6 * DAY)}


def _words() -> Iterator[Row]:
    details = [{"subType": code, "subTypeDesc": f"Transfer {way}"} for code, way in (("11", "in"), ("12", "out"))]
    yield {"type": "1", "typeDesc": "Transfer", "subTypeDetails": details}
