"""What the witness of OKX says beside what that of every exchange does: which sites there are, all reads by GET."""

from auditor.settings.exchange_facts import exchange_config
from tests.exchanges.witness import guarded_exchanges, read_requests, root

# A key of one site does not exist at another, but all of them are OKX's own and may stand in a base_url of okx.
SITES = {
    ("okx", "www.okx.com"),
    ("okx", "openapi.okx.com"),
    ("okx", "eea.okx.com"),
    ("okx", "us.okx.com"),
    ("okx", "app.okx.com"),
    ("okx", "tr.okx.com"),
    ("myokx", "eea.okx.com"),
    ("okxus", "us.okx.com"),
    ("okxus", "app.okx.com"),
}


def test_these_are_all_the_hosts_that_a_key_may_be_sent_to() -> None:
    sites = [exchange for exchange in guarded_exchanges() if root(exchange) == "okx"]
    assert SITES == {(exchange, host) for exchange in sites for host in exchange_config(exchange).api_hosts}


def test_only_reads_by_get_are_on_the_list() -> None:
    assert {"GET"} == {request.method for request in read_requests("okx", "allowlist")}
