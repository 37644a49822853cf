"""Rows of Bybit's answers in odd shapes: what is left shows, and what real accounts answer is no doubt."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.exchanges.bybit.advanced_earn import ADVANCED_EARN
from auditor.exchanges.bybit.conversions import P2P_ADS
from auditor.exchanges.bybit.earn import EASY_EARN, FIXED_TERM
from auditor.exchanges.bybit.flows import INTERNAL_DEPOSITS
from auditor.exchanges.bybit.liquidity_mining import LIQUIDITY_MINING
from auditor.exchanges.bybit.wallets import FIAT, FUNDING, UNIFIED
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


FREEZE = {"amount": "1e-18", "description": "Locked in Fixed-Rate Loan"}


@pytest.mark.parametrize(("details", "doubts"), [([FREEZE], 0), ([{"amount": "?"}], 1)])
def test_a_frozen_part_of_a_flexible_position_is_told_by_itself(details: list[Any], doubts: int) -> None:
    row = {**EARN, "amount": "0", "claimableYield": "0", "availableAmount": "0", "freezeDetails": details}
    assert (doubts == 0, doubts) == outcome(FLEXIBLE, row)


@pytest.mark.parametrize("details", [None, []])
def test_a_redeemed_flexible_position_without_a_frozen_part_holds_nothing(details: Any) -> None:
    row = {**EARN, "amount": "0", "claimableYield": "0", "availableAmount": "0", "freezeDetails": details}
    assert (False, 0) == outcome(FLEXIBLE, row)


ON_CHAIN_ROW = {**rows_with("/v5/earn/position", _category="OnChain")[0], "amount": "0", "claimableYield": "0"}
FIXED_ROW = {**MESSY.rows("/v5/earn/fixed-term/position")[0], "amount": "0"}
FIAT_ROW = {"currency": "GEL", "totalBalance": "0", "frozenBalance": "0"}


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (ON_CHAIN, {**ON_CHAIN_ROW, "availableAmount": "1e-18"}),
        (ON_CHAIN, {**ON_CHAIN_ROW, "freezeDetails": [FREEZE]}),
        (FIXED_TERM[0], {**FIXED_ROW, "effectiveAmount": "1e-18"}),
        (FIAT, {**FIAT_ROW, "balance": "0.01"}),
    ],
)
def test_what_only_another_figure_of_a_row_shows_is_told(place: Surface, row: Mapping[str, Any]) -> None:
    assert (True, 0) == outcome(place, row)


@pytest.mark.parametrize("row", [ON_CHAIN_ROW, {**ON_CHAIN_ROW, "availableAmount": "", "freezeDetails": None}])
def test_an_on_chain_position_without_any_figure_holds_nothing(row: Mapping[str, Any]) -> None:
    assert (False, 0) == outcome(ON_CHAIN, row)


FIXED_ORDER = {"orderId": "1", "coin": "USDT", "amount": "5"}


@pytest.mark.parametrize(
    ("state", "yields", "expected"),
    [
        ("Failed", None, (False, 0)),
        ("Active", None, (False, 0)),
        ("Processing", None, (True, 0)),
        ("Complete", [], (False, 0)),
        ("Complete", None, (False, 1)),
    ],
)
def test_interest_is_told_of_a_settled_order_alone(state: str, yields: Any, expected: tuple[bool, int]) -> None:
    assert expected == outcome(FIXED_TERM[1], {**FIXED_ORDER, "status": state, "yieldInfoList": yields})


PAYING_OUT = [
    (FIXED_TERM[0], MESSY.rows("/v5/earn/fixed-term/position")[0], "EarlyRedemptionProcessing"),
    (ON_CHAIN, rows_with("/v5/earn/position", _category="OnChain")[0], "Processing"),
    (ADVANCED_EARN[0], rows_with("/v5/earn/advance/position", category="DualAssets")[0], "Redeeming"),
    (ADVANCED_EARN[0], rows_with("/v5/earn/advance/position", category="DualAssets")[0], "StateOfTheFuture"),
]


@pytest.mark.parametrize(("place", "row", "state"), PAYING_OUT)
def test_a_position_that_is_being_paid_out_is_left_whatever_its_amount(
    place: Surface, row: Mapping[str, Any], state: str
) -> None:
    paid = {**row, "amount": "0", "claimableYield": "0", "effectiveAmount": "0"}
    assert (True, False) == (
        outcome(place, {**paid, "status": state})[0],
        outcome(place, {**paid, "status": "Active"})[0],
    )


POOL = {**MESSY.rows("/v5/earn/liquidity-mining/position")[0], "baseAmount": "0", "quoteAmount": "0", "loan": "0"}


@pytest.mark.parametrize(("state", "left"), [("Liquidating", True), ("Active", False)])
def test_a_pool_share_in_liquidation_is_left_whatever_its_amounts(state: str, *, left: bool) -> None:
    row = {**POOL, **dict.fromkeys(("margin", "claimableYield", "principalBaseAmount", "principalQuoteAmount"), "0")}
    row["status"] = state
    assert (left, 0) == outcome(LIQUIDITY_MINING[0], row)


@pytest.mark.parametrize(("principal", "left"), [("1e-18", True), ("0", False), ("", False), (None, False)])
def test_a_pool_share_that_shows_only_what_was_put_in_is_told(principal: str | None, *, left: bool) -> None:
    empty = {**POOL, "margin": "0", "claimableYield": "0", "principalQuoteAmount": "0"}
    assert (left, 0) == outcome(LIQUIDITY_MINING[0], {**empty, "principalBaseAmount": principal})


PLAN = {**MESSY.rows("/v5/earn/pwm/investment-plan/all")[0], "currentAssetUsd": "0"}


@pytest.mark.parametrize(("amount", "left"), [("0.5", True), ("0", False)])
def test_a_closed_plan_that_still_holds_a_coin_is_told(amount: str, *, left: bool) -> None:
    shares = [{"coin": "USDT", "currentAmount": amount}]
    assert (left, 0) == outcome(PLANS, {**PLAN, "status": "Closed", "investmentDistribution": shares})


@pytest.mark.parametrize(
    ("state", "left"), [("Active", False), ("Closed", False), ("Closing", True), ("closed ", True)]
)
def test_a_plan_without_worth_in_a_state_that_nobody_knows_is_told(state: str, *, left: bool) -> None:
    assert (left, 0) == outcome(PLANS, {**PLAN, "status": state, "investmentDistribution": []})


@pytest.mark.parametrize(("status", "left"), [(None, False), (0, False), (1, True), (2, False), (3, False), (4, True)])
def test_a_deposit_whose_information_was_collected_is_over(status: int | None, *, left: bool) -> None:
    row = {"id": "1", "coin": "LTC", "amount": "2", "status": "2", "complianceStatus": status and str(status)}
    assert (left, 0) == outcome(INTERNAL_DEPOSITS, row)


@pytest.mark.parametrize(("frozen", "left"), [("2", True), ("0", False)])
def test_a_completed_advertisement_with_a_trade_under_way_is_told(frozen: str, *, left: bool) -> None:
    row = {"id": "1", "tokenId": "USDT", "lastQuantity": "0", "frozenQuantity": frozen, "status": "30"}
    assert (left, 0) == outcome(P2P_ADS, row)
