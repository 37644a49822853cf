"""Rate limits: the documented number of requests in any stretch of the documented length."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.demo import Account
from auditor.demo.limits import Limiter

Connect = Callable[..., Any]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_the_eleventh_request_within_two_seconds_is_too_many() -> None:
    limiter = Limiter(Clock())

    assert [True] * 10 + [False] == [limiter.admit("balance", 10, 2) for _ in range(11)]


def test_a_full_window_has_to_pass_before_the_next_burst() -> None:
    limiter = Limiter(clock := Clock())
    bursts = []
    for wait in (0, 1.9, 0.1):
        clock.now += wait
        bursts.append(sum(limiter.admit("balance", 10, 2) for _ in range(20)))

    assert [10, 0, 10] == bursts


def test_a_burst_at_the_end_of_a_window_leaves_none_for_the_start_of_the_next() -> None:
    limiter = Limiter(clock := Clock())
    limiter.admit("balance", 10, 2)
    clock.now += 1.9

    before = [limiter.admit("balance", 10, 2) for _ in range(9)]
    clock.now += 0.2
    after = [limiter.admit("balance", 10, 2) for _ in range(10)]

    assert ([True] * 9, [True] + [False] * 9) == (before, after)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.05, 0.2, 1.1]), min_size=11, max_size=80))
def test_no_stretch_of_two_seconds_ever_holds_more_than_ten(pauses: list[float]) -> None:
    limiter = Limiter(clock := Clock())
    admitted = []
    for pause in pauses:
        clock.now += pause
        if limiter.admit("balance", 10, 2):
            admitted.append(clock.now)

    assert all(sum(start <= when < start + 2 for when in admitted) <= 10 for start in admitted)


class Late:
    """The present time, and as much later as it is moved."""

    def __init__(self) -> None:
        self.later = 0.0

    def __call__(self) -> float:
        return time.time() + self.later


def test_too_many_requests_are_told_so_until_time_has_passed(connect: Connect) -> None:
    clock = Late()
    client = connect(limits=True, clock=clock)

    first, second = client.get("account/vip-loan-order-list"), [client.get("rfq/rfqs") for _ in range(3)]
    clock.later = 2.0

    assert "50005" == first.code
    assert [(200, "0"), (200, "0"), (429, "50011")] == [(answer.status, answer.code) for answer in second]
    assert "0" == client.get("rfq/rfqs").code


def test_each_account_and_each_endpoint_has_a_limit_of_its_own(connect: Connect, mine: Account) -> None:
    other = mine.with_(name="other", apikey="demo-other-key", uid="700000000000000002")
    client = connect(mine, other, limits=True)

    mine_twice = [client.get("rfq/rfqs").code for _ in range(3)]
    others = type(client)(client.exchange, other).get("rfq/rfqs").code

    assert (["0", "0", "50011"], "0", "0") == (mine_twice, others, client.get("rfq/quotes").code)


def test_two_keys_of_one_account_share_its_limit(connect: Connect, mine: Account) -> None:
    client = connect(mine, twin := mine.with_(apikey="demo-twin-key"), limits=True)

    codes = [client.get("rfq/rfqs").code for _ in range(2)]

    assert ["0", "0", "50011"] == [*codes, type(client)(client.exchange, twin).get("rfq/rfqs").code]


def test_instruments_are_counted_for_each_type(connect: Connect) -> None:
    started = time.time()
    client = connect(limits=True, clock=lambda: started)

    spot = [client.get("account/instruments", instType="SPOT").code for _ in range(21)]

    assert (["0"] * 20 + ["50011"], "0") == (spot, client.get("account/instruments", instType="SWAP").code)


def test_public_limits_count_by_address(connect: Connect) -> None:
    client = connect(limits=True)

    answers = [client.send("GET", "/api/v5/system/status", {}) for _ in range(2)]

    assert ["0", "50011"] == [answer.code for answer in answers]


def test_limits_can_be_off(connect: Connect) -> None:
    client = connect(limits=False)

    assert {"0"} == {client.get("rfq/rfqs").code for _ in range(5)}
