"""Bybit Alpha: orders under way, totals that no row explains, and pools that are valued in another unit."""

from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.exchanges.bybit.on_chain import ALPHA_POOLS
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Read, Trouble
from tests.exchanges.bench import Bench
from tests.exchanges.bybit.bare import BARE, MESSY
from tests.exchanges.bybit.samples import EXCHANGE_SAMPLES, OVERVIEW
from tests.exchanges.bybit.test_rows import outcome
from tests.exchanges.findings import blockers, manual_lines, result, sentences, unread

TRADES, POOL_ORDERS = "/v5/alpha/trade/order-list", "/v5/alpha/lp/order-list"
PREDICTED = "/v5/alpha/prediction/order-list"
LISTS = {"alpha-orders": (TRADES, "orderStatus"), "alpha-pool-orders": (POOL_ORDERS, "orderStatus")} | {
    "prediction-orders": (PREDICTED, "status")
}


@pytest.mark.parametrize(("place", "state"), [("alpha-orders", 4), ("alpha-pool-orders", 0), ("prediction-orders", 3)])
def test_an_order_of_alpha_in_a_state_that_is_not_over_blocks(shared: Bench, place: str, state: int) -> None:
    path, name = LISTS[place]
    row = {**MESSY.rows(path)[0], name: state}
    assert {place} == blockers(shared.audit_at(place, EXCHANGE_SAMPLES.account({path: [row]})))


@pytest.mark.parametrize(
    ("place", "states"), [("alpha-orders", (2, 3)), ("alpha-pool-orders", (2, 3)), ("prediction-orders", (2, 4, 5))]
)
def test_an_order_of_alpha_that_is_over_blocks_nothing(shared: Bench, place: str, states: tuple[int, ...]) -> None:
    path, name = LISTS[place]
    rows = [{**MESSY.rows(path)[0], name: state} for state in states]
    audited = shared.audit_at(place, EXCHANGE_SAMPLES.account({path: rows}))
    assert (Verdict.CLEAN, True) == (audited.report.verdict, isinstance(result(audited, place), Read))


def test_orders_of_alpha_are_asked_for_as_far_back_as_bybit_answers(shared: Bench) -> None:
    audited = shared.audit(BARE)
    days = {call.path: call.query["days"] for call in audited.calls if call.path in {TRADES, POOL_ORDERS, PREDICTED}}
    assert {TRADES: "90", POOL_ORDERS: "365", PREDICTED: "90"} == days


def test_orders_of_alpha_that_a_reading_key_may_not_ask_for_are_looked_at_by_eye(shared: Bench) -> None:
    refusal = Reply(200, {"retCode": 10005, "retMsg": "Permission denied", "result": {}})
    audited = shared.audit_at("alpha-orders", BARE.with_refusal(TRADES, refusal))
    assert any("alpha-orders" in line for line in manual_lines(audited.report))


def tokens(*amounts: str) -> Any:
    coins = [{"coin": "PEPE", "equity": amount} for amount in amounts]
    return {"accountType": "Alpha", "totalEquity": "5", "categories": [{**TRADED, "coinDetail": coins}]}


TRADED = {"category": "trade", "equity": "5"}


@pytest.mark.parametrize(("amount", "count"), [("5000", 1), ("5100", 2)])
def test_a_token_that_the_overview_shows_too_is_told_once(shared: Bench, amount: str, count: int) -> None:
    held = EXCHANGE_SAMPLES.samples["alpha-tokens"].books
    audited = shared.audit(EXCHANGE_SAMPLES.account(held, {OVERVIEW: [tokens(amount)]}))
    assert count == len([f for f in audited.report.findings if f.asset == "PEPE" and f.severity is Severity.BLOCKER])


def test_a_token_that_only_the_overview_shows_blocks(shared: Bench) -> None:
    audited = shared.audit_at("overview", EXCHANGE_SAMPLES.account({OVERVIEW: [tokens("1e-18")]}))
    assert ({"overview"}, Verdict.BLOCKED) == (blockers(audited), audited.report.verdict)


POOLS = {"SOL-USDC": "3.4268", "JLP-USDC": "3.3879"}
UNEXPLAINED = [
    ("alpha-tokens", "assetList", "tokenAmount"),
    ("predictions", "positions", "shares"),
]


@pytest.mark.parametrize(("place", "name", "figure"), UNEXPLAINED)
def test_a_total_of_alpha_that_no_row_explains_is_a_doubt(shared: Bench, place: str, name: str, figure: str) -> None:
    path = EXCHANGE_SAMPLES.samples[place].path
    row = {**EXCHANGE_SAMPLES.samples[place].rows[0], figure: "0"}

    def fault(rows: list[Any]) -> Any:
        body = {"retCode": 0, "retMsg": "OK", "result": {name: rows, "total": len(rows), "totalAssetUsd": "1.2e-7"}}
        return lambda call: Reply(200, body) if isinstance(call, Call) and call.path == path else None

    for rows in ([], [row]):
        audited = shared.audit_at(place, BARE, fault=fault(rows))
        assert Trouble.MALFORMED is unread(audited, place).trouble
        assert Verdict.CLEAN is not audited.report.verdict


@pytest.mark.parametrize(("worth", "left"), [("3.2", True), ("0", False), ("", False), (None, False)])
def test_a_closed_pool_that_is_still_worth_something_is_told(worth: str | None, *, left: bool) -> None:
    closed = {"status": "2", "token0Amount": "0", "token1Amount": "0", "currentValueUsd": worth}
    row = {**EXCHANGE_SAMPLES.samples["alpha-pools"].rows[0], "positionId": "12345", **closed}
    assert (left, 0) == outcome(ALPHA_POOLS, row)


def test_a_pool_of_the_overview_is_told_in_the_unit_of_its_worth(shared: Bench) -> None:
    pools = [
        {"coin": coin, "equity": equity, "extMap": {"equityUnit": "USD", "priceLower": "1", "priceUpper": "2"}}
        for coin, equity in POOLS.items()
    ]
    inside = [{"category": "farm", "equity": "6.8", "coinDetail": pools}]
    alpha = {"accountType": "Alpha", "totalEquity": "6.8", "categories": inside}
    audited = shared.audit_at("overview", EXCHANGE_SAMPLES.account({OVERVIEW: [alpha]}))
    told = " ".join(sentences(audited.report, "overview"))
    assert [True, True] == [f"farm {pool}: about {worth} USD" in told for pool, worth in POOLS.items()]
