"""The demo's Binance: its signature, its limits and its errors, as Binance documents them."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from auditor.demo import Account, DemoExchange, Reply, account, serve
from auditor.demo.binance.endpoints import ENDPOINTS, WRITES
from auditor.demo.binance.limits import LIMITS
from auditor.demo.binance.protocol import sign

ONE = account("binance-empty")
MESSY = account("binance-messy")
RIGHTS = "sapi/v1/account/apiRestrictions"
DAY = 86_400_000


@dataclass
class Clock:
    """A clock that the test turns."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Said:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def code(self) -> int | None:
        return self.body.get("code") if isinstance(self.body, dict) else None


@dataclass
class Asker:
    """Signs and asks as Binance wants it."""

    exchange: DemoExchange
    clock: Clock
    account: Account = ONE
    changes: dict[str, str] = field(default_factory=dict)

    def __call__(self, path: str, method: str = "GET", *, key: str | None = None, **params: str) -> Said:
        query = urlencode({**params, "timestamp": str(int(self.clock() * 1000)), **self.changes})
        signed = f"{query}&signature={self.changes.get('signature') or sign(self.account.secret, query)}"
        return self.raw(path, method, signed, self.account.apikey if key is None else key)

    def raw(self, path: str, method: str, signed: str, key: str) -> Said:
        headers = {"X-MBX-APIKEY": key, "Content-Type": "application/x-www-form-urlencoded"}
        target, body = (f"/{path}?{signed}", None) if method == "GET" else (f"/{path}", signed)
        with closing(http.client.HTTPConnection(urlsplit(self.exchange.url).netloc, timeout=10)) as line:
            line.request(method, target, body, headers)
            answer = line.getresponse()
            raw = answer.read()
        said = json.loads(raw) if "json" in answer.headers.get("Content-Type", "") else raw
        return Said(answer.status, {name.lower(): value for name, value in answer.headers.items()}, said)


@contextmanager
def asking(*accounts: Account, limits: bool = False) -> Iterator[Asker]:
    clock, chosen = Clock(), accounts or (ONE,)
    with serve(chosen, clock=clock, limits=limits) as exchange:
        yield Asker(exchange, clock, chosen[0])


def test_a_request_that_is_signed_right_is_answered() -> None:
    with asking() as ask:
        said = ask(RIGHTS)
    assert (200, True, False) == (said.status, said.body["enableReading"], said.body["enableWithdrawals"])


def test_the_signature_is_the_one_of_binances_documentation() -> None:
    secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
    query = (
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
    )
    assert "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71" == sign(secret, query)


def test_a_post_is_signed_over_its_body() -> None:
    with asking(MESSY) as ask:
        said = ask("sapi/v3/asset/getUserAsset", "POST")
    assert {"USDT", "BTC", "WBETH", "DOGE", "OLDX"} == {row["asset"] for row in said.body}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signature": "0" * 64}, -1022),
        ({"timestamp": "1789999990000"}, -1021),
        ({"timestamp": "1790000002000"}, -1021),
        ({"timestamp": "now"}, -1102),
        ({"recvWindow": "70000"}, -1102),
        ({"nobodyReadsThis": "1"}, -1104),
    ],
)
def test_what_is_wrong_with_a_request_has_its_code(changes: dict[str, str], code: int) -> None:
    with asking() as ask:
        ask.changes = changes
        said = ask(RIGHTS)
    assert (400, code) == (said.status, said.code)


@pytest.mark.parametrize(("key", "code"), [("", -2014), ("x" * 200, -2014), ("demo-nobody", -2008)])
def test_a_key_that_is_none_has_its_code(key: str, code: int) -> None:
    with asking() as ask:
        said = ask(RIGHTS, key=key)
    assert (401, code) == (said.status, said.code)


def test_a_key_that_is_bound_elsewhere_is_refused() -> None:
    with asking(replace(ONE, ip="192.0.2.1")) as ask:
        assert (401, -2015) == ((said := ask(RIGHTS)).status, said.code)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_nothing_that_changes_something_is_carried_out(method: str, path: str) -> None:
    with asking() as ask:
        assert -2015 == ask(path, method).code
    with asking(replace(ONE, perm=f"read_only,{WRITES[method, path]}")) as ask:
        assert -1016 == ask(path, method).code


def test_a_path_that_there_is_not_is_a_web_page() -> None:
    with asking() as ask:
        said = ask("sapi/v1/no/such/path")
    assert (404, "text/html") == (said.status, said.headers["content-type"].partition(";")[0])


def test_each_answer_tells_the_weight_that_is_used() -> None:
    with asking(limits=True) as ask:
        used = [ask("api/v3/account").headers["x-mbx-used-weight-1m"] for _ in range(2)]
        ip = ask("sapi/v1/asset/wallet/balance").headers["x-sapi-used-ip-weight-1m"]
        uid = ask("sapi/v1/capital/withdraw/history").headers["x-sapi-used-uid-weight-1m"]
    assert (["20", "40"], "60", "18000") == (used, ip, uid)


def test_beyond_the_weight_of_a_minute_is_a_429_until_the_next_one() -> None:
    with asking(limits=True) as ask:
        said = [ask("sapi/v1/capital/withdraw/history") for _ in range(11)]
        ask.clock.now += float(said[-1].headers["retry-after"])
        later = ask("sapi/v1/capital/withdraw/history")
    assert [200] * 10 + [429] == [one.status for one in said]
    assert (-1003, 200) == (said[-1].code, later.status)


def test_who_goes_on_after_a_429_is_banned_for_a_while() -> None:
    with asking(limits=True) as ask:
        allowed = LIMITS["api"] // 80
        said = [ask("api/v3/openOrders") for _ in range(allowed + 12)]
        ask.clock.now += 61
        still = ask("api/v3/openOrders")
        ask.clock.now += 61
        after = ask("api/v3/openOrders")
    assert {200} == {one.status for one in said[:allowed]}
    assert (429, 418) == (said[allowed].status, said[-1].status)
    assert 60 < int(said[-1].headers["retry-after"]) <= 121
    assert (418, 200) == (still.status, after.status)


@pytest.mark.parametrize(("days", "code"), [(89, None), (91, -1127)])
def test_a_stretch_of_time_has_its_longest(days: int, code: int | None) -> None:
    with asking() as ask:
        end = int(ask.clock() * 1000)
        said = ask("sapi/v1/capital/deposit/hisrec", startTime=str(end - days * DAY), endTime=str(end))
    assert code == said.code


def test_a_page_has_its_largest_size_and_the_count_of_all() -> None:
    rows = [{"positionId": str(n), "asset": "ADA", "amount": "1", "status": "HOLDING"} for n in range(130)]
    path = "sapi/v1/simple-earn/locked/position"
    with asking(ONE.with_rows(path, rows)) as ask:
        pages = [ask(path, current=str(n), size="500").body for n in (1, 2, 3)]
    assert ([100, 30, 0], {130}) == ([len(page["rows"]) for page in pages], {page["total"] for page in pages})


def test_products_that_are_off_are_refused_as_binance_does() -> None:
    paths = {"sapi/v1/margin/account": -3003, "fapi/v3/account": -2015, "papi/v1/balance": -2015}
    with asking() as ask:
        assert paths == {path: ask(path).code for path in paths}


def test_only_a_sub_account_may_ask_for_what_was_moved_to_it() -> None:
    path = "sapi/v1/sub-account/transfer/subUserHistory"
    with asking() as ask:
        assert -12022 == ask(path).code
    with asking(replace(ONE, main_uid="350000099")) as ask:
        assert [] == ask(path).body


def test_each_request_needs_a_signature() -> None:
    private = [key for key, one in ENDPOINTS.items() if not one.public]
    with asking() as ask:
        said = {ask.raw(path, method, "timestamp=1790000000000", ONE.apikey).code for method, path in private}
    assert {-1102} == said


def test_every_book_of_the_messy_account_has_an_endpoint() -> None:
    assert set(MESSY.books) <= {path for _method, path in ENDPOINTS}


def test_a_fault_is_asked_and_may_edit_what_binance_answers() -> None:
    with asking(MESSY) as ask:
        ask.exchange.fault = lambda call: Reply(edit=lambda body: body[:1]) if call.path.endswith("UserAsset") else None
        said = ask("sapi/v3/asset/getUserAsset", "POST")
    assert 1 == len(said.body)


def test_one_server_speaks_to_accounts_of_both_exchanges() -> None:
    okx = account("empty")
    with serve([ONE, okx], limits=False) as exchange:
        asked = Asker(exchange, Clock(time.time()))(RIGHTS)
        other = Asker(exchange, Clock(time.time()), okx)(RIGHTS)
    assert (200, -2008) == (asked.status, other.code)


def test_times_are_numbers_and_amounts_are_texts() -> None:
    with asking(
        replace(ONE, books={"sapi/v1/capital/deposit/hisrec": [{"insertTime": "1789990000000", "amount": "1"}]})
    ) as ask:
        (row,) = ask("sapi/v1/capital/deposit/hisrec").body
    assert (1789990000000, "1") == (row["insertTime"], row["amount"])
