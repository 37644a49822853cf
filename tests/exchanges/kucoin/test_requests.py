"""KuCoin: requests that must never be sent, and two hosts that share paths."""

import asyncio
from dataclasses import replace

import pytest
from yarl import URL

from auditor.audit.audit_once import take_snapshot
from auditor.demo import serve
from auditor.model.account import Options
from auditor.transport.guard import NotAllowedError
from tests.conftest import configured_account
from tests.exchanges.kucoin.answering import EMPTY
from tests.exchanges.witness import guard


@pytest.mark.parametrize(
    "path",
    [
        "/api/ua/v1/asset/deposit/address",
        "/api/ua/v2/account/fee/kcs-deduct",
        "/api/v3/deposit-addresses",
        "/api/v1/convert/quote",
        "/api/v1/withdrawals/cancel",
        "/api/v1/withdrawals/a1/b2",
        "/api/v1/withdrawals/..%2Faccounts1",
    ],
)
def test_a_get_that_changes_something_or_is_no_number_of_a_withdrawal_is_never_sent(path: str) -> None:
    with pytest.raises(NotAllowedError):
        guard("kucoin").check_request("GET", URL(f"https://api.kucoin.com{path}", encoded=True))


def test_a_withdrawal_is_looked_up_and_never_cancelled() -> None:
    url = URL("https://api.kucoin.com/api/v1/withdrawals/67e6515f7960ba0007b42025")
    guard("kucoin").check_request("GET", url)
    with pytest.raises(NotAllowedError):
        guard("kucoin").check_request("DELETE", url)


def test_the_spot_and_the_futures_host_have_their_own_lists() -> None:
    requests = guard("kucoin", "https://api.kucoin.com").requests
    hosts = {origin for method, origin, path in requests if (method, path) == ("GET", "/api/v1/orders")}
    assert {"https://api.kucoin.com", "https://api-futures.kucoin.com"} == hosts
    assert ("GET", "https://api.kucoin.com", "/api/v1/positions") not in requests


def test_the_futures_host_may_have_an_address_of_its_own_where_both_hosts_share_paths() -> None:
    with serve([EMPTY], limits=False) as spot, serve([EMPTY], limits=False) as futures:
        account_there = replace(configured_account(EMPTY, spot.url), service_urls={"futures": futures.url})
        asyncio.run(take_snapshot([account_there], Options(pace=0)))
        calls = {
            name: {(call.path, call.query.get("tradeType")) for call in served.calls}
            for name, served in (("spot", spot), ("futures", futures))
        }
    assert {("/api/v1/orders", "TRADE")} < calls["spot"]
    assert {("/api/v1/orders", None), ("/api/v1/positions", None)} < calls["futures"]
    assert not {("/api/v1/orders", None), ("/api/v1/positions", None)} & calls["spot"]
