"""Requests that are handed over without a connection: an audit over HTTP ends as one without."""

import pytest

from auditor import demo
from auditor.demo import Call, Reply, account
from tests import direct
from tests.conftest import DemoAudit, audit_anew
from tests.exchanges.test_bench import seen

EMPTY, BALANCES = account("kraken-empty"), "/0/private/BalanceEx"
MESSY = tuple(demo.full_name("messy", exchange) for exchange in demo.exchanges())


def asked(audited: DemoAudit) -> list[tuple[str, str, str, int | None]]:
    """The requests that arrived, in any order: whose, for what, and how they were answered."""
    return sorted((call.account or "", call.method, call.path, call.status) for call in audited.calls)


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("name", MESSY)
def test_an_audit_over_http_ends_as_one_without(name: str) -> None:
    chosen = account(name)
    directly = audit_anew(chosen)
    with direct.over_http():
        over_http = audit_anew(chosen)
    assert (seen(over_http), asked(over_http)) == (seen(directly), asked(directly))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(cut=True),
        Reply(body='{"error": []}', headers={"Content-Encoding": "gzip"}),
        Reply(body=b'{"error": "\xff"}'),
    ],
)
def test_an_answer_that_only_a_connection_can_give_goes_over_one(reply: Reply) -> None:
    def struck(call: Call) -> Reply | None:
        return reply if call.path == BALANCES else None

    directly = audit_anew(EMPTY, fault=struck)
    with direct.over_http():
        over_http = audit_anew(EMPTY, fault=struck)
    assert seen(over_http) == seen(directly)
    assert "incomplete" == directly.report.verdict.value


def test_an_error_of_the_embedded_exchange_is_an_answer_as_a_server_gives_it() -> None:
    def broken(call: Call) -> Reply | None:
        return Reply(edit=lambda body: body["no such field"]) if call.path == BALANCES else None

    directly = audit_anew(EMPTY, fault=broken)
    with direct.over_http():
        over_http = audit_anew(EMPTY, fault=broken)
    assert seen(over_http) == seen(directly)
