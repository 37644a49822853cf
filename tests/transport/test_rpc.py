"""JSON-RPC: the body names the method, so it is read before a request leaves."""

import json
from dataclasses import replace
from typing import Any

import pytest
from yarl import URL

from auditor.exchanges.registry import load
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.transport.guard import AllowList, NotAllowedError, open_session
from auditor.transport.paths import fits
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
        ("/brokerage/portfolios/*", "/brokerage/portfolios/", False),
    ],
)
def test_a_part_of_a_path_that_is_filled_in_is_one_id(known: str, sent: str, expected: bool) -> None:
    assert expected is fits(known, sent)


async def test_a_request_with_a_foreign_body_is_refused_by_the_session(network: Network) -> None:
    session = open_session(allowed(), None)
    try:
        with pytest.raises(NotAllowedError):
            await session.post(ADDRESS, data=GOOD.replace("get_positions", "buy").encode())
    finally:
        await session.close()
    assert [] == network.sent
