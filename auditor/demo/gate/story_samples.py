"""Rows of lists that a generated history at Gate does not lead to: on-chain and fixed Earn, loans, liquidations.

Shapes are those of https://www.gate.com/docs/developers/apiv4 (June 2026).
"""

from __future__ import annotations

from typing import Any

from auditor.demo.model import Row

HOUR = 3600
"""Seconds."""
STAKED = {"pid": 2, "coin": "SOL", "type": 0, "status": 1, "redeem_stamp": 0, "exchange_amount": "1.0", "fee": "0.0"}
AWARD = {"pid": 64, "mortgage_coin": "USDT", "amount": "0.0000019100", "reward_coin": "COMP", "status": 4}
DUAL = {
    "plan_id": 176,
    "invest_amount": "25.5",
    "settlement_amount": "25.9",
    "status": "SETTLEMENT_SUCCESS",
    "invest_currency": "USDT",
    "exercise_currency": "BTC",
    "settlement_currency": "USDT",
    "apy_settlement": "0.68",
}
FIXED = {"order_id": 51, "asset": "USDT", "product_id": 9, "amount": "100", "status": 1, "lock_up_period": 7}
LOAN = {"type": "borrow", "currency_pair": "BTC_USDT", "currency": "USDT", "amount": "1000"}
INTEREST = {"status": 1, "currency_pair": "BTC_USDT", "currency": "USDT", "actual_rate": "0.00000236"}
PLEDGED = {"order_id": 10_005_679, "before_ltv": "0.215", "after_ltv": "0.312", "borrow_currencies": []}
LIQUIDATED = {
    "contract": "BTC_USDT",
    "leverage": "25",
    "size": "600",
    "margin": "0.0067",
    "entry_price": "63536.1",
    "liq_price": "61421.5",
    "order_price": "61405",
    "fill_price": "61424",
    "left": "0",
}
DELIVERED = {"contract": "BTC_USDT_20261225", "size": 3, "leverage": "0", "margin": "0", "text": "api"}
ORDERED = {"tif": "gtc", "price": "63000", "fill_price": "62999.5", "finish_as": "filled", "status": "finished"}
OPTION = {"contract": "BTC_USDT-20261225-90000-C", "_underlying": "BTC_USDT"}
SETTLED = {"settle_price": "63500", "settle_profit": "-1.25", "realised_pnl": "2.08", "fee": "0.08"}
ALPHA = {"currency": "memeboxELON", "change": "3.2", "balance": "9.6"}
BOUGHT = {"tx_hash": "demo-hash", "side": "buy", "usdt_amount": "5", "currency": "MEME", "status": 2, "chain": "SOL"}
BORROWED = {"order_type": "current", "status": "finished", "borrow_currencies": [{"currency": "USDT"}]}


def samples(now: int) -> dict[str, list[Row]]:
    """Return two rows of each list, the newest an hour before a time in Unix ms."""
    return {
        path: [_aged(row, times, now // 1000 - number * HOUR, number) for number in (1, 2)]
        for path, row, times in _LISTS
    }


def _aged(row: Row, times: dict[str, int], moment: int, number: int) -> Row:
    """Return a row of its own. ``times``: its fields with a time, and what a second counts there."""
    named = {name: moment * scale for name, scale in times.items()}
    ids = {name: int(value) + number for name, value in row.items() if name in {"id", "record_id", "order_id"}}
    return {**row, **named, **ids}


_LISTS: tuple[tuple[str, Row, dict[str, Any]], ...] = (
    ("earn/staking/order_list", {**STAKED, "amount": "1.00000000"}, {"createStamp": 1}),
    ("earn/staking/award_list", {**AWARD, "interest": "0.0000019100", "fee": "0.0"}, {"should_bonus_stamp": 1}),
    ("earn/dual/orders", {**DUAL, "id": 373}, {"create_time": 1, "complete_time": 1, "delivery_time": 1}),
    ("earn/fixed-term/user/history", {**FIXED, "id": 71, "_type": "1"}, {"create_at": 1}),
    ("margin/uni/loan_records", LOAN, {"create_time": 1000}),
    ("unified/loan_records", {**LOAN, "id": 16_442, "repayment_type": "none"}, {"create_time": 1000}),
    ("margin/uni/interest_records", {**INTEREST, "interest": "0.00006136", "type": "margin"}, {"create_time": 1000}),
    ("unified/interest_records", {**INTEREST, "interest": "0.00006136", "type": "platform"}, {"create_time": 1000}),
    ("loan/multi_collateral/repay", {**PLEDGED, "record_id": 1348, "_type": "repay"}, {"repay_time": 1}),
    ("loan/multi_collateral/mortgage", {**PLEDGED, "record_id": 10_000_452}, {"operate_time": 1}),
    (
        "loan/multi_collateral/orders",
        {**BORROWED, "order_id": "10005578", "collateral_currencies": []},
        {"borrow_time": 1},
    ),
    ("delivery/usdt/orders", {**DELIVERED, **ORDERED, "id": 93_285_759}, {"create_time": 1, "finish_time": 1}),
    ("delivery/usdt/position_close", {**DELIVERED, "side": "long", "pnl": "4.1"}, {"time": 1}),
    (
        "delivery/usdt/settlements",
        {**DELIVERED, "entry_price": "63000", "settle_price": "63500", "profit": "15", "fee": "0.1"},
        {"time": 1},
    ),
    (
        "options/my_trades",
        {**OPTION, "id": 4, "order_id": 5, "size": -1, "price": "0.4", "role": "taker"},
        {"create_time": 1},
    ),
    ("options/my_settlements", {**OPTION, **SETTLED, "underlying": "BTC_USDT", "size": -1}, {"time": 1}),
    ("options/orders", {**OPTION, **ORDERED, "id": 5, "size": -1, "text": "api"}, {"create_time": 1, "finish_time": 1}),
    (
        "options/position_close",
        {**OPTION, "side": "short", "pnl": "2.1", "text": "web", "settle_size": "0"},
        {"time": 1},
    ),
    ("alpha/account_book", {**ALPHA, "id": 1}, {"time": 1}),
    (
        "alpha/orders",
        {**BOUGHT, "order_id": "12345678", "currency_amount": "565455643.64", "gas_fee": "0.3"},
        {"create_time": 1},
    ),
    ("futures/usdt/liquidates", {**LIQUIDATED, "order_id": 317_393_847}, {"time": 1}),
)
