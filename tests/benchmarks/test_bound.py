"""The lower bound is arithmetic: how many questions fit into a window, and how many trips one list takes."""

from dataclasses import replace

import pytest

from auditor.demo import Call
from auditor.exchanges.registry import load
from benchmarks.bound import lower_bound, window_of


def asked(path: str, times: int, **query: str) -> list[Call]:
    return [Call("GET", path, query, "mine")] * times


@pytest.mark.parametrize(
    ("requests", "cost", "limit", "expected"),
    [
        pytest.param(0, 1, 6, 0, id="none"),
        pytest.param(6, 1, 6, 0, id="all at once"),
        pytest.param(7, 1, 6, 1, id="one must wait"),
        pytest.param(32, 1, 6, 5, id="a withdrawal list read twice"),
        pytest.param(3, 2, 6, 0, id="weights that fit"),
        pytest.param(4, 2, 6, 1, id="weights that do not"),
        pytest.param(2, 9, 6, 1, id="a weight above the limit goes alone"),
    ],
)
def test_the_window_counts_from_the_first_request_to_the_last(
    requests: int, cost: int, limit: int, expected: float
) -> None:
    assert expected == window_of(requests, cost, limit, 1)


def test_the_fullest_limit_decides_with_what_must_come_before_and_after_it() -> None:
    ledger = asked("asset/bills", 2) + asked("account/bills", 2)
    bound = lower_bound(load("okx"), [*ledger, *asked("asset/withdrawal-history", 32)], 0.08)
    assert ("asset/withdrawal-history", 5.0) == (bound.fullest, bound.window)
    assert pytest.approx(5 + 4 * 0.08) == bound.seconds


def test_the_pages_of_one_list_are_trips_one_after_another() -> None:
    pages = [Call("GET", "trade/orders-pending", {"limit": "100", "after": str(page)}, "mine") for page in range(11)]
    bound = lower_bound(load("okx"), pages, 1.0)
    assert (12, 12.0) == (bound.trips, bound.seconds)


def test_limits_of_one_user_do_not_add_up_over_several() -> None:
    both = [Call("GET", "asset/withdrawal-history", {}, name) for name in ("mine", "yours") for _ in range(6)]
    assert 0 == lower_bound(load("okx"), both, 0.08).window


def test_limits_of_an_address_add_up_over_all_who_ask_from_it() -> None:
    both = [Call("GET", "system/status", {}, None) for _ in range(2)]
    assert 5 == lower_bound(load("okx"), both, 0.08).window


@pytest.mark.parametrize(("in_order", "trips"), [(True, 4), (False, 2)])
def test_where_requests_of_a_key_must_arrive_in_order_each_of_them_is_a_trip(in_order: bool, trips: int) -> None:
    okx = load("okx")
    calls = [Call("GET", "asset/balances", {}, name) for name in ("mine", "yours") for _ in range(4)]
    bound = lower_bound(replace(okx, api=replace(okx.api, in_order=in_order)), calls, 1.0)
    assert trips == bound.trips
