"""JSON-RPC: the body names the method, so it is read before a request leaves."""

import json
from dataclasses import replace
from typing import Any

import pytest
from yarl import URL

from auditor.exchanges.registry import load
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.transport.guard import AllowList, NotAllowedError, open_session
from auditor.transport.paths import fits, odd_part
from auditor.transport.rpc import method_in, rpc_body
from tests.transport.conftest import Network

ORIGIN = "https://rpc.example.org"
POSITIONS = Endpoint(
    path="private/get_positions",
    method="POST",
    site=Site("rpc", "/api/v2/"),
    rpc="private/get_positions",
    limit=Limit(1, 1),
    source="none",
)
ADDRESS = URL(f"{ORIGIN}/api/v2/private/get_positions")
GOOD = rpc_body("private/get_positions", {"currency": "any"})
ODD: dict[str, Any] = {
    "another method": GOOD.replace("get_positions", "buy"),
    "several requests": f"[{GOOD}]",
    "a method that comes twice": GOOD[:-1] + ', "method": "private/buy"}',
    "a method spelled with escapes that comes twice": GOOD[:-1] + ', "m\\u0065thod": "private/buy"}',
    "a further field": GOOD[:-1] + ', "Method": "private/buy"}',
    "parameters in a list": json.dumps({**json.loads(GOOD), "params": []}),
    "no parameters": json.dumps({name: value for name, value in json.loads(GOOD).items() if name != "params"}),
    "another version": GOOD.replace("2.0", "1.0"),
    "a form": "method=private/get_positions",
    "nothing": "",
    "letters beyond ASCII": GOOD.replace("any", "\u00e4"),
    "a request among the parameters": GOOD.replace('"any"', '{"method": "private/buy"}'),
    "a method among the parameters": GOOD.replace('"currency": "any"', '"method": "private/buy"'),
    "a method that comes twice deeper down": GOOD.replace('"any"', '"any", "currency": "BTC"'),
    "more parts in one another than can be read": GOOD.replace('"any"', "[" * 200_000 + "]" * 200_000),
}


def allowed() -> AllowList:
    exchange = load("okx")
    return AllowList.of(replace(exchange, surfaces=(replace(exchange.surfaces[0], endpoint=POSITIONS),)), (ORIGIN,))


def test_a_body_that_names_the_method_of_its_path_may_leave() -> None:
    allowed().check_request("POST", ADDRESS)
    allowed().check_body("POST", ADDRESS, GOOD.encode())


@pytest.mark.parametrize("kind", ODD)
def test_a_body_that_could_ask_for_anything_else_never_leaves(kind: str) -> None:
    with pytest.raises(NotAllowedError, match="names another method"):
        allowed().check_body("POST", ADDRESS, ODD[kind].encode())


def test_a_body_that_is_not_known_yet_never_leaves() -> None:
    with pytest.raises(NotAllowedError):
        allowed().check_body("POST", ADDRESS, iter([GOOD.encode()]))


def test_a_method_in_the_address_never_leaves() -> None:
    with pytest.raises(NotAllowedError):
        allowed().check_body("POST", ADDRESS.with_query(method="private/buy"), GOOD.encode())


def test_a_method_of_another_path_never_leaves() -> None:
    other = rpc_body("private/buy", {})
    with pytest.raises(NotAllowedError):
        allowed().check_request("POST", URL(f"{ORIGIN}/api/v2/private/buy"))
    with pytest.raises(NotAllowedError):
        allowed().check_body("POST", ADDRESS, other.encode())


def test_a_read_without_a_method_in_its_body_has_no_body_at_all() -> None:
    with pytest.raises(NotAllowedError, match="with a body"):
        allowed().check_body("GET", URL(f"{ORIGIN}/api/v5/asset/balances"), b'{"method": "private/buy"}')


def test_the_method_of_a_body_is_what_it_names() -> None:
    assert "private/get_positions" == method_in(GOOD.encode())


@pytest.mark.parametrize(
    ("known", "sent", "expected"),
    [
        ("/v2/accounts/{account_id}/transactions", "/v2/accounts/8bfc20d7-f7c6/transactions", True),
        ("/v2/accounts/{account_id}/transactions", "/v2/accounts/../transactions", False),
        ("/v2/accounts/{account_id}/transactions", "/v2/accounts/a%2Fb/transactions", False),
        ("/v2/accounts/{account_id}/transactions", "/v2/accounts/a/b/transactions", False),
        ("/v2/accounts/{account_id}/transactions", "/v2/accounts/a1/withdrawals", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/b87a2d3f", True),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/move_funds", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/confirm1", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/v2-confirm", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/f47ac10b-58cc-4372-a567-0e02b2c3d479", True),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/..", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/1%2Fconfirm", False),
        ("/brokerage/portfolios/{portfolio_uuid}", "/brokerage/portfolios/1;confirm", False),
        ("/brokerage/portfolios/*", "/brokerage/portfolios/", False),
    ],
)
def test_a_part_of_a_path_that_is_filled_in_is_one_id(known: str, sent: str, expected: bool) -> None:
    assert expected is fits(known, sent)


def test_a_path_with_an_id_in_it_is_only_ever_read() -> None:
    allow = AllowList(frozenset(), frozenset((verb, ORIGIN, "/orders/{id}") for verb in ("GET", "POST", "DELETE")))
    allow.check_request("GET", URL(f"{ORIGIN}/orders/8bfc20d7"))
    for verb in ("POST", "DELETE"):
        with pytest.raises(NotAllowedError):
            allow.check_request(verb, URL(f"{ORIGIN}/orders/8bfc20d7"))


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "Content-Encoding"])
async def test_a_header_that_makes_another_request_of_it_never_leaves(name: str, network: Network) -> None:
    session = open_session(allowed(), None)
    try:
        with pytest.raises(NotAllowedError):
            await session.post(ADDRESS, data=GOOD.encode(), headers={name: "DELETE"})
    finally:
        await session.close()
    assert [] == network.sent


@pytest.mark.parametrize(
    ("path", "params", "expected"),
    [
        ("accounts/{account_id}/transactions", {"account_id": "8bfc20d7-f7c6"}, None),
        ("accounts/{account_id}/transactions", {"account_id": "BTC"}, None),
        ("accounts/{account_id}/transactions", {"account_id": "../orders"}, "account_id"),
        ("accounts/{account_id}/transactions", {}, "account_id"),
        ("withdrawals/{withdrawalId}", {"withdrawalId": "quotas"}, "withdrawalId"),
        ("withdrawals", {}, None),
    ],
)
def test_an_id_that_could_lead_elsewhere_is_named(path: str, params: dict[str, str], expected: str | None) -> None:
    assert expected == odd_part(path, params)


async def test_a_request_with_a_foreign_body_is_refused_by_the_session(network: Network) -> None:
    session = open_session(allowed(), None)
    try:
        with pytest.raises(NotAllowedError):
            await session.post(ADDRESS, data=GOOD.replace("get_positions", "buy").encode())
    finally:
        await session.close()
    assert [] == network.sent
