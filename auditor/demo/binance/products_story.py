"""What a demo account at Binance puts into staking and On-chain Yields, and takes out again.

Rows are as documented at https://developers.binance.com/docs: staking and simple_earn (BFUSD, RWUSD), read in 2026.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from auditor.demo.binance.story_rows import Rows, text

SECOND, MINUTE = 1000, 60_000
"""Milliseconds."""
ETH, SOL = "sapi/v1/eth-staking", "sapi/v1/sol-staking"
ON_CHAIN = "sapi/v1/onchain-yields/locked/history"
DISTRIBUTED, WRAPPED, RECEIVED = ("", "distribute"), ("from", "to"), ("", "receive")
"""How the names of the fields of both coins begin."""
SWAPS = (
    (f"{ETH}/eth/history/stakingHistory", "ETH", "WBETH", Decimal("0.93"), DISTRIBUTED),
    (f"{ETH}/wbeth/history/unwrapHistory", "WBETH", "BETH", Decimal("1.07"), WRAPPED),
    (f"{ETH}/wbeth/history/wrapHistory", "BETH", "WBETH", Decimal("0.93"), WRAPPED),
    (f"{ETH}/eth/history/redemptionHistory", "WBETH", "ETH", Decimal("1.08"), DISTRIBUTED),
    (f"{SOL}/sol/history/stakingHistory", "SOL", "BNSOL", Decimal("0.91"), DISTRIBUTED),
    (f"{SOL}/sol/history/redemptionHistory", "BNSOL", "SOL", Decimal("1.11"), DISTRIBUTED),
    ("sapi/v1/bfusd/history/subscriptionHistory", "USDT", "BFUSD", Decimal(1), RECEIVED),
    ("sapi/v1/bfusd/history/redemptionHistory", "BFUSD", "USDT", Decimal("0.999"), RECEIVED),
    ("sapi/v1/rwusd/history/subscriptionHistory", "USDT", "RWUSD", Decimal(1), RECEIVED),
    ("sapi/v1/rwusd/history/redemptionHistory", "RWUSD", "USDT", Decimal("0.999"), RECEIVED),
)
"""Path, coin given, coin taken, how much of it for one."""


def use_products(rows: Rows, held: defaultdict[str, Decimal], time: int) -> None:
    """Put a third of what is there of each coin into each product and take it out again, a minute apart."""
    if not held["SOL"]:
        rows.deposit(time, "spot", "SOL", Decimal(3))
        held["SOL"] += 3
    moments = iter(range(time + SECOND, time + 100 * MINUTE, MINUTE))
    for path, coin, other, ratio, names in SWAPS:
        size = _fine(held[coin] / 3)
        if size:
            got = _fine(size * ratio)
            held[coin] -= size
            held[other] += got
            sides = _sides(names, (coin, size), (other, got))
            rows.books[path].append({"time": next(moments), **sides, "status": "SUCCESS"})
    size = _fine(held["SOL"] / 3)
    if size:
        # What was paid in comes back.
        _on_chain(rows, moments, size)


def _sides(names: tuple[str, str], given: tuple[str, Decimal], taken: tuple[str, Decimal]) -> dict[str, str]:
    before, after = names
    own = (f"{before}Asset", f"{before}Amount") if before else ("asset", "amount")
    return {own[0]: given[0], own[1]: text(given[1]), f"{after}Asset": taken[0], f"{after}Amount": text(taken[1])}


def _on_chain(rows: Rows, moments: Iterator[int], size: Decimal) -> None:
    known = {"positionId": str(rows.number()), "asset": "SOL", "lockPeriod": "30", "amount": text(size)}
    paid = {"sourceAccount": "SPOT", "amtFromSpot": text(size), "amtFromFunding": "0", "status": "SUCCESS"}
    subscription = {**known, **paid, "purchaseId": rows.number(), "projectId": "SOL-30d", "time": next(moments)}
    redemption = {**known, "originalAmount": text(size), "redeemId": rows.number(), "time": next(moments)}
    rows.books[f"{ON_CHAIN}/subscriptionRecord"].append({**subscription, "type": "NORMAL"})
    rows.books[f"{ON_CHAIN}/redemptionRecord"].append({**redemption, "type": "MATURE", "status": "PAID"})


def _fine(size: Decimal) -> Decimal:
    return size.quantize(Decimal("1E-8"), ROUND_DOWN)
