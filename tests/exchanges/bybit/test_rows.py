"""Rows of Bybit's answers in odd shapes: what is left shows, and what real accounts answer is no doubt."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.exchanges.bybit.advanced_earn import ADVANCED_EARN
from auditor.exchanges.bybit.conversions import P2P_ADS
from auditor.exchanges.bybit.earn import EASY_EARN, FIXED_TERM
from auditor.exchanges.bybit.liquidity_mining import LIQUIDITY_MINING
from auditor.exchanges.bybit.overview import OVERVIEW
from auditor.exchanges.bybit.wallets import FUNDING, UNIFIED
from auditor.exchanges.bybit.wealth import WEALTH_MANAGEMENT
from auditor.spec.blanks import UNKNOWN_SETUP
from auditor.spec.reader import Context, Scope
from auditor.spec.surface import Surface
from tests.exchanges.bybit.bare import MESSY, rows_with

CONTEXT = Context(UNKNOWN_SETUP, datetime(2026, 11, 28, tzinfo=UTC), Scope(), lambda _row: None)
FLEXIBLE, ON_CHAIN, *_ORDERS = EASY_EARN
PLANS, _PLAN_ORDERS = WEALTH_MANAGEMENT
EARN = rows_with("/v5/earn/position", _category="FlexibleSaving")[0]


def outcome(place: Surface, row: Mapping[str, Any]) -> tuple[bool, int]:
    """Whether a row of a place shows something that is left, and how many doubts there are."""
    assert place.reader is not None
    records, doubts = place.reader.records(row, CONTEXT)
    return any(record.holds for record in records), len(doubts)


# A coin that cannot be borrowed, as real accounts of 2023 and 2024 show it; older ones lack the last three fields.
COIN = {
    "coin": "XCAD",
    "equity": "0.004",
    "walletBalance": "0.004",
    "unrealisedPnl": "0",
    "borrowAmount": "0.000000000000000000",
    "accruedInterest": "",
    "availableToBorrow": "",
    "bonus": "0",
    "totalOrderIM": "0",
    "totalPositionIM": "0",
    "locked": "0",
    "spotHedgingQty": "0",
    "spotBorrow": "0",
}
OLDER = {name: value for name, value in COIN.items() if name not in {"locked", "spotHedgingQty", "spotBorrow"}}


@pytest.mark.parametrize("row", [COIN, OLDER, {**COIN, "borrowAmount": ""}, {**COIN, "locked": ""}])
def test_a_coin_that_cannot_be_borrowed_is_understood(row: Mapping[str, Any]) -> None:
    assert (True, 0) == outcome(UNIFIED, row)


@pytest.mark.parametrize("more", [{"borrowAmount": "0.1"}, {"spotBorrow": "0.1"}, {"equity": "0.003"}, {"equity": ""}])
def test_interest_that_is_blank_beside_a_debt_is_a_doubt(more: Mapping[str, Any]) -> None:
    assert (True, 1) == outcome(UNIFIED, {**COIN, **more})


def test_a_funding_balance_of_which_the_transferable_part_is_blank_is_told() -> None:
    assert (True, 0) == outcome(FUNDING, {"coin": "LTC", "walletBalance": "2", "transferBalance": "", "bonus": ""})
