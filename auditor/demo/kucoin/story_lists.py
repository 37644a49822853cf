"""What the lists beside the ledgers of a generated history at KuCoin say: shapes of kucoin.com/docs-new's examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from auditor.demo.kucoin.story_wallets import plain
from auditor.demo.model import Row

BEFORE = 900_000
"""Milliseconds between the time of a deposit and that of its row in the ledger."""


def deposit(row: Row, amount: Decimal, fee: Decimal, status: str = "SUCCESS") -> Row:
    """Write the deposit that a row of the ledger is of: it has no id."""
    created = row["createdAt"] - BEFORE
    return {
        "currency": row["currency"],
        "chain": "eth",
        "status": status,
        "address": "demo-address",
        "memo": "",
        "isInner": False,
        "amount": plain(amount),
        "fee": plain(fee),
        "walletTxId": f"demo-tx-{row['id']}",
        "createdAt": created,
        "updatedAt": created,
        "remark": "",
        "arrears": False,
    }


def withdrawal(row: Row, amount: Decimal, fee: Decimal) -> Row:
    """Write the withdrawal that a row of the ledger is of."""
    return {
        "id": f"w{row['id']}",
        "currency": row["currency"],
        "chain": "eth",
        "status": "SUCCESS",
        "address": "demo-address",
        "memo": "",
        "isInner": False,
        "amount": plain(amount),
        "fee": plain(fee),
        "walletTxId": f"demo-tx-{row['id']}",
        "createdAt": row["createdAt"],
        "updatedAt": row["createdAt"],
        "remark": "",
    }


def fill(
    number: int, time: int, about: Mapping[str, str], figures: tuple[Decimal, Decimal, Decimal], *, is_buy: bool
) -> Row:
    """Write a fill. `figures`: size, funds and fee."""
    size, funds, fee = figures
    return {
        "id": 19_814_000_000 + number,
        "orderId": about["orderId"],
        "counterOrderId": "67174228135f9e000709da8c",
        "tradeId": int(about["tradeId"]),
        "symbol": about["symbol"],
        "side": "buy" if is_buy else "sell",
        "liquidity": "taker",
        "type": "limit",
        "forceTaker": False,
        "price": plain(funds / size)[:20],
        "size": plain(size),
        "funds": plain(funds),
        "fee": plain(fee),
        "feeRate": "0.001",
        "feeCurrency": "USDT",
        "stop": "",
        "tradeType": "TRADE",
        "taxRate": "0",
        "tax": "0",
        "createdAt": time,
    }


def futures_row(number: int, time: int, kind: str, amount: Decimal, equity: Decimal) -> Row:
    """Write a row of the futures account's ledger, whose amounts are JSON numbers."""
    remark = "XBTUSDTM" if kind == "RealisedPNL" else "Transferred from Trading Account"
    return {
        "time": time,
        "type": kind,
        "amount": float(amount),
        "fee": 0.0,
        "accountEquity": float(equity),
        "status": "Completed",
        "remark": remark,
        "offset": 51_000_000 + number,
        "currency": "USDT",
    }


def futures_fill(number: int, time: int) -> Row:
    """Write a fill of a contract."""
    return {
        "symbol": "XBTUSDTM",
        "tradeId": f"{1_828_000_000 + number}",
        "orderId": f"{284_000_000 + number}",
        "side": "buy",
        "liquidity": "taker",
        "forceTaker": False,
        "price": "86275.1",
        "size": 1,
        "value": "86.2751",
        "feeRate": "0.00060",
        "feeCurrency": "USDT",
        "fee": "0.05176506",
        "marginMode": "CROSS",
        "settleCurrency": "USDT",
        "orderType": "market",
        "tradeType": "trade",
        "tradeTime": time * 1_000_000,
        "createdAt": time,
    }


def position(number: int, time: int, result: Decimal) -> Row:
    """Write a closed position."""
    return {
        "closeId": f"{500_000_000 + number}",
        "symbol": "XBTUSDTM",
        "settleCurrency": "USDT",
        "leverage": "1.0",
        "type": "CLOSE_LONG",
        "pnl": plain(result),
        "realisedGrossCost": plain(-result),
        "tradeFee": "0.03766066",
        "fundingFee": "-0.03389521",
        "openTime": time - 60_000,
        "closeTime": time,
        "openPrice": "93859.8",
        "closePrice": "94443.5",
        "marginMode": "CROSS",
        "side": "LONG",
    }


def margin_row(number: int, time: int) -> Row:
    """Write a row of the margin accounts' ledger, whose id is a JSON number."""
    return {
        "id": 1_949_641_000_000 + number,
        "currency": "USDT",
        "amount": "0.01000000",
        "fee": "0.00000000",
        "balance": "0.01000000",
        "accountType": "MARGIN_V2",
        "bizType": "TRANSFER",
        "direction": "in",
        "createdAt": time,
        "context": json.dumps({"symbol": "BTC-USDT"}),
        "tax": "0.00000000",
    }
