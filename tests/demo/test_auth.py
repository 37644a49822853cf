"""Who may ask, and what everyone else is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from auditor.demo import Account

Connect = Callable[..., Any]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("OK-ACCESS-KEY", "50103"),
        ("OK-ACCESS-PASSPHRASE", "50104"),
        ("OK-ACCESS-SIGN", "50106"),
        ("OK-ACCESS-TIMESTAMP", "50107"),
    ],
)
def test_a_missing_header_is_named(connect: Connect, header: str, code: str) -> None:
    client = connect()
    headers = client.headers("GET", "/api/v5/account/config")
    del headers[header]

    answer = client.send("GET", "/api/v5/account/config", headers)

    assert (401, code) == (answer.status, answer.code)
    assert f'Request header "{header}" cannot be empty.' == answer.body["msg"]


def test_a_signed_request_is_answered(connect: Connect) -> None:
    answer = connect().get("account/config")

    assert (200, "0", "") == (answer.status, answer.code, answer.body["msg"])


def test_an_unknown_key_does_not_exist(connect: Connect, mine: Account) -> None:
    client = connect(mine)
    stranger = type(client)(client.exchange, mine.with_(apikey="demo-other-key"))

    answer = stranger.get("account/config")

    assert (401, "50119", "API key doesn't exist") == (answer.status, answer.code, answer.body["msg"])


@pytest.mark.parametrize(("attribute", "code"), [("passphrase", "50105"), ("secret", "50113")])
def test_a_wrong_credential_is_refused(connect: Connect, mine: Account, attribute: str, code: str) -> None:
    client = connect(mine)
    impostor = type(client)(client.exchange, mine.with_(**{attribute: "demo-wrong"}))

    answer = impostor.get("account/config")

    assert (401, code) == (answer.status, answer.code)


def test_the_signature_covers_the_query(connect: Connect) -> None:
    client = connect()
    headers = client.headers("GET", "/api/v5/asset/balances?ccy=BTC")

    answer = client.send("GET", "/api/v5/asset/balances?ccy=ETH", headers)

    assert "50113" == answer.code


def test_the_signature_covers_the_query_as_it_was_written(connect: Connect) -> None:
    client = connect()
    where = "/api/v5/trade/orders-algo-pending?ordType=conditional,oco"
    escaped = "/api/v5/trade/orders-algo-pending?ordType=conditional%2Coco"

    assert "0" == client.send("GET", where, client.headers("GET", where)).code
    assert "0" == client.send("GET", escaped, client.headers("GET", escaped)).code
    assert "50113" == client.send("GET", escaped, client.headers("GET", where)).code


@pytest.mark.parametrize(("seconds", "code"), [(29, "0"), (-29, "0"), (32, "50102"), (-32, "50102")])
def test_the_clock_may_be_thirty_seconds_off(connect: Connect, seconds: int, code: str) -> None:
    client = connect(clock=lambda: time.time() + seconds)

    assert code == client.get("account/config").code


@pytest.mark.parametrize("when", ["yesterday", "1767225600", "2026-01-01 00:00:00", "2026-13-45T99:00:00.000Z"])
def test_a_malformed_timestamp_is_refused(connect: Connect, when: str) -> None:
    client = connect()

    answer = client.send("GET", "/api/v5/account/config", client.headers("GET", "/api/v5/account/config", when=when))

    assert (401, "50112") == (answer.status, answer.code)


def test_a_key_bound_elsewhere_hears_which_address_it_came_from(connect: Connect, mine: Account) -> None:
    answer = connect(mine.with_(ip="203.0.113.7, 203.0.113.8")).get("account/config")

    assert (401, "50110") == (answer.status, answer.code)
    assert "Your IP 127.0.0.1 is not included in your API key's IP whitelist." == answer.body["msg"]


def test_a_key_bound_here_is_let_in(connect: Connect, mine: Account) -> None:
    assert "0" == connect(mine.with_(ip="203.0.113.7,127.0.0.1")).get("account/config").code


def test_live_and_demo_trading_keys_do_not_mix(connect: Connect, mine: Account) -> None:
    live, paper = mine, mine.with_(simulated=True)

    assert "50101" == type(client := connect(live))(client.exchange, paper).get("account/config").code
    assert "50101" == type(client := connect(paper))(client.exchange, live).get("account/config").code
    assert "0" == connect(paper).get("account/config").code


def test_a_key_without_the_right_to_read_cannot(connect: Connect, mine: Account) -> None:
    assert "50120" == connect(mine.with_(perm="trade")).get("asset/balances").code


@pytest.mark.parametrize("path", ["trade/order", "asset/transfer", "asset/withdrawal", "users/subaccount/create"])
def test_a_read_only_key_changes_nothing_and_the_attempt_is_on_record(connect: Connect, path: str) -> None:
    client = connect()

    answer = client.post(path, {"ccy": "BTC"})

    assert "50120" == answer.code
    assert [("POST", path, "mine", "50120")] == [(c.method, c.path, c.account, c.code) for c in client.exchange.calls]


def test_even_a_trading_key_changes_nothing(connect: Connect, mine: Account) -> None:
    answer = connect(mine.with_(perm="read_only,trade")).post("trade/order", {"instId": "BTC-USDT"})

    assert (410, "50005") == (answer.status, answer.code)


def test_reading_by_post_is_a_wrong_method(connect: Connect) -> None:
    answer = connect().post("asset/balances", {})

    assert (405, "50115") == (answer.status, answer.code)


def test_an_unknown_path_is_not_found(connect: Connect) -> None:
    assert (404, "404") == ((answer := connect().get("asset/treasure")).status, answer.code)


def test_public_endpoints_ask_for_no_key(connect: Connect) -> None:
    client = connect()

    answer = client.send("GET", "/api/v5/public/time", {})

    assert "0" == answer.code
    assert abs(time.time() - int(answer.data[0]["ts"]) / 1000) < 5
