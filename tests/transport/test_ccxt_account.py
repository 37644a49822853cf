"""The addresses that ccxt is given for the parts of an exchange's API."""

from typing import Any

from auditor.exchanges.registry import load
from auditor.model.account import Options
from auditor.transport.ccxt.account import ccxt_model
from auditor.transport.guard import AllowList

NOTHING = AllowList(frozenset(), frozenset())


def urls_of(exchange: str) -> Any:
    model = ccxt_model(load(exchange), Options(), NOTHING, home="http://here", services={}, sandbox=False)
    return model.urls["api"]


def test_a_part_within_another_has_the_address_that_ccxt_asks_it_at() -> None:
    urls = urls_of("gate")

    assert "http://here/api/v4" == urls["private"]["account"]
    assert "private.account" not in urls


def test_a_part_beside_others_has_its_own_address() -> None:
    assert "http://here/sapi/v1" == urls_of("binance")["sapi"]
