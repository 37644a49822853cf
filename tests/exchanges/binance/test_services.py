"""What the witness of Binance says beside what that of every exchange does: its services, and its few POST reads."""

import pytest

from auditor.model.account import Account
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.origins import services
from tests.exchanges.witness import guard, read_requests

POST_READS = {
    "/sapi/v3/asset/getUserAsset",
    "/sapi/v1/asset/get-funding-asset",
    "/sapi/v1/asset/dust-btc",
    "/sapi/v1/asset/dust-convert/query-convertible-assets",
}


@pytest.mark.parametrize("host", exchange_config("binance").api_hosts)
def test_a_further_host_of_the_exchange_leaves_futures_and_options_where_they_are(host: str) -> None:
    account = Account(name="a", exchange="binance", credentials={}, base_url=f"https://{host}")
    assert {"fapi", "dapi", "eapi", "papi"} == set(services(account))


def test_only_reads_are_on_the_list_and_four_of_them_are_post() -> None:
    allowed = read_requests("binance", "allowlist")
    assert POST_READS == {request.path for request in allowed if request.method == "POST"}
    assert {"GET", "POST"} == {request.method for request in allowed}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sapi/v1/soft-staking/set"),
        ("POST", "/sapi/v1/asset/dust"),
        ("POST", "/sapi/v1/asset/dust-convert/convert"),
        ("POST", "/sapi/v1/asset/transfer"),
        ("DELETE", "/api/v3/openOrders"),
        ("DELETE", "/sapi/v1/margin/openOrders"),
    ],
)
def test_the_neighbours_that_change_something_are_known_as_writes_and_not_on_the_list(method: str, path: str) -> None:
    assert (method, path) in {(write.method, write.path) for write in read_requests("binance", "writes")}
    assert (method, "https://api.binance.com", path) not in guard("binance").requests
