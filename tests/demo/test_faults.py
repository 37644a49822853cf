"""Faults: a test can send anything instead of the answer, or change one field of it."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from auditor.demo import Account, Call, Reply, faults

Connect = Callable[..., Any]


def test_a_reply_takes_the_answer_s_place(connect: Connect) -> None:
    client = connect(fault=lambda call: Reply(status=503, body={"code": "50001", "data": [], "msg": "later"}))

    answer = client.get("asset/balances")

    assert (503, "50001", "later") == (answer.status, answer.code, answer.body["msg"])


def test_a_fault_sees_the_call_before_it_is_answered(connect: Connect) -> None:
    seen: list[Call] = []
    client = connect(fault=seen.append)

    client.get("asset/balances", ccy="BTC")

    assert [Call("GET", "asset/balances", {"ccy": "BTC"}, "mine", None, None)] == seen
    assert [Call("GET", "asset/balances", {"ccy": "BTC"}, "mine", 200, "0")] == client.exchange.calls


def test_a_fault_can_be_set_and_lifted_at_any_time(connect: Connect) -> None:
    client = connect()

    client.exchange.fault = lambda call: Reply(body={"code": "50026"}) if call.path == "rfq/rfqs" else None
    broken, whole = client.get("rfq/rfqs").code, client.get("rfq/quotes").code
    client.exchange.fault = None

    assert ("50026", "0", "0") == (broken, whole, client.get("rfq/rfqs").code)


def test_a_field_of_the_real_answer_can_be_dropped(connect: Connect, mine: Account) -> None:
    def drop(body: dict[str, Any]) -> dict[str, Any]:
        del body["data"][0]["bal"]
        return body

    client = connect(
        mine.with_rows("asset/balances", [{"ccy": "BTC", "bal": "1"}]), fault=lambda call: Reply(edit=drop)
    )

    assert [{"ccy": "BTC", "availBal": "1", "frozenBal": "0"}] == client.get("asset/balances").data


@pytest.mark.parametrize(("body", "text"), [(b"<html>", b"<html>"), ("", b""), ([1], b"[1]"), ("{", b"{")])
def test_a_body_may_be_no_answer_at_all(connect: Connect, body: Any, text: bytes) -> None:
    client = connect(fault=lambda call: Reply(body=body, headers={"Content-Type": "text/html"}))
    where = "/api/v5/asset/balances"
    request = urllib.request.Request(client.exchange.url + where, headers=client.headers("GET", where))

    with urllib.request.urlopen(request, timeout=10) as response:
        assert (text, "text/html") == (response.read(), response.headers["Content-Type"])
    assert client.exchange.calls[-1].code is None


def test_a_reply_can_be_late(connect: Connect) -> None:
    client = connect(fault=lambda call: Reply(delay=0.2))
    start = time.monotonic()

    assert "0" == client.get("asset/balances").code
    assert time.monotonic() - start >= 0.2


def test_every_answer_can_be_late(connect: Connect) -> None:
    client = connect(latency=0.1)
    start = time.monotonic()

    client.get("asset/balances")

    assert time.monotonic() - start >= 0.1


def test_a_connection_can_be_cut(connect: Connect) -> None:
    client = connect(fault=lambda call: Reply(cut=True))

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.get("asset/balances")
    assert [("asset/balances", None)] == [(call.path, call.status) for call in client.exchange.calls]


def test_a_long_answer_is_compressed_for_clients_that_take_it(connect: Connect) -> None:
    client = connect()
    request = urllib.request.Request(f"{client.exchange.url}/api/v5/market/tickers?instType=SPOT")
    request.add_header("Accept-Encoding", "gzip")

    with urllib.request.urlopen(request, timeout=10) as response:
        assert "gzip" == response.headers["Content-Encoding"]
    assert "0" == client.get("market/tickers", instType="SPOT").code


def test_a_recorded_body_can_stand_for_an_unknown_path(connect: Connect) -> None:
    client = connect(fault=lambda call: Reply(body=json.dumps({"code": "0", "data": [call.path]})))

    assert ["asset/treasure"] == client.get("asset/treasure").data


def test_a_fault_can_change_what_is_asked(connect: Connect, mine: Account) -> None:
    rows = [{"ccy": ccy, "bal": "1"} for ccy in ("BTC", "ETH")]
    client = connect(mine.with_rows("asset/balances", rows), fault=lambda call: call.query.update(ccy="ETH"))

    assert ["ETH"] == client.get("asset/balances", ccy="BTC").column("ccy")


def test_an_answer_may_be_followed_by_one_that_nobody_asked_for(connect: Connect) -> None:
    client = connect(fault=lambda call: faults.unsolicited(b'{"code": "1"}'))
    host, port = client.exchange.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(b"GET /api/v5/public/time HTTP/1.1\r\nHost: here\r\n\r\n")
        assert 2 == raw.recv(10_000).count(b"HTTP/1.1 200 OK")


def test_a_bomb_is_small_on_the_way() -> None:
    body = faults.bomb(b'{"code": "0", "data": []}', 3 * faults.MB).body
    assert isinstance(body, bytes)
    assert len(body) < faults.MB // 100
    assert len(gzip.decompress(body)) > 3 * faults.MB


def test_an_answer_is_dated_by_the_exchanges_own_clock(connect: Connect) -> None:
    client = connect(clock=lambda: 1_767_225_600)
    with urllib.request.urlopen(f"{client.exchange.url}/api/v5/public/time", timeout=10) as response:
        assert "Thu, 01 Jan 2026 00:00:00 GMT" == response.headers["Date"]
