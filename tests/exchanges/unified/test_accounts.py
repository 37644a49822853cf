"""Five exchanges without a table, from the key to the verdict, over real HTTP to the demo exchange."""

from threading import Barrier
from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.exchanges.unified import spec as facts
from auditor.model.records import Area
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Trouble, Unread
from tests.exchanges.unified.conftest import IMITATED, Audit, Audited, account_of, audit_accounts

HELD = {
    "gate": {"balances": 5, "orders": 1, "debts": 2, "flows": 2},
    "bitget": {"balances": 3, "orders": 1, "positions": 1, "flows": 2},
    "mexc": {"balances": 3, "orders": 2, "positions": 1, "flows": 2},
}


def held(audited: Audited) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reading in audited.account.readings:
        if isinstance(reading.result, Read):
            for record in reading.result.records:
                if record.holds:
                    counts[record.AREA.value] = counts.get(record.AREA.value, 0) + 1
    return counts


@pytest.mark.parametrize("exchange", IMITATED)
def test_everything_that_an_account_holds_is_found_and_blocks(exchange: str, messy: dict[str, Audited]) -> None:
    assert HELD[exchange] == held(messy[exchange])
    assert messy[exchange].report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize("exchange", IMITATED)
def test_an_empty_account_is_incomplete_and_never_clean(exchange: str, empty: dict[str, Audited]) -> None:
    assert {} == held(empty[exchange])
    assert empty[exchange].report.verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("exchange", IMITATED)
def test_every_area_has_a_place_that_is_said_to_be_unread(exchange: str, empty: dict[str, Audited]) -> None:
    unread = [r for r in empty[exchange].account.readings if isinstance(r.result, Unread)]
    assert set(Area) == {reading.area for reading in unread}


@pytest.mark.parametrize("exchange", IMITATED)
def test_no_place_that_a_method_reads_is_left_unread(exchange: str, messy: dict[str, Audited]) -> None:
    unread = {r.surface for r in messy[exchange].account.readings if isinstance(r.result, Unread)}
    told = facts.load_spec(exchange)
    assert told is not None
    assert set() == unread & {call.id for call in told.calls}


def trouble(result: object) -> Trouble | None:
    return result.trouble if isinstance(result, Unread) else None


def test_amounts_are_those_of_the_exchange(messy: dict[str, Audited]) -> None:
    amounts = {record.subject: str(getattr(record, "amount", "")) for record in messy["gate"].records("spot")}
    assert {"BTC": "0.00000801", "USDT": "13.5"} == amounts


def test_a_withdrawal_that_is_done_without_a_block_is_under_way(messy: dict[str, Audited]) -> None:
    assert ["demo-w1"] == [record.subject for record in messy["gate"].records("withdrawals")]


def test_a_refusal_that_ccxt_keeps_to_itself_counts(audit: Audit) -> None:
    """ccxt takes an account for a plain one when it may not ask which it is."""
    asked: list[str] = []

    def later(call: Call) -> Reply | None:
        asked.append(call.path)
        again = asked.count("/api/v4/account/detail") > 1 and call.path == "/api/v4/account/detail"
        return Reply(403, {"label": "FORBIDDEN", "message": "not now"}) if again else None

    assert Trouble.PERMISSION is audit("gate", "messy", fault=later).unread("spot").trouble


@pytest.mark.parametrize("exchange", IMITATED)
def test_an_order_alone_blocks(exchange: str, audit: Audit) -> None:
    source = account_of(exchange, "messy")
    path = next(path for path in source.books if "rder" in path)
    audited = audit(exchange, account_of(exchange, "empty").with_rows(path, source.rows(path)))
    blocked = {finding.area for finding in audited.report.findings if finding.severity.value == "blocker"}
    wanted = set() if path.endswith("hf/orders/active") else {Area.ORDERS}
    assert wanted == blocked


def test_a_coin_margined_position_is_found_whatever_coin_secures_it(audit: Audit) -> None:
    audited = audit("bitget", "classic", accept_unproven_key=True)
    places = [call.query for call in audited.calls if call.path.endswith("all-position")]
    asked = [params["marginCoin"] for params in places if params["productType"] == "COIN-FUTURES"]
    assert ["BTC", "USDC"] == asked
    assert ["BTC/USD:BTC:long"] == [record.subject for record in audited.records("positions-coin")]


REFUSALS: dict[str, tuple[str, Any, Trouble]] = {
    "gate": ("/api/v4/spot/accounts", {"label": "FORBIDDEN", "message": "not allowed"}, Trouble.PERMISSION),
}


@pytest.mark.parametrize("exchange", REFUSALS)
def test_a_refused_place_is_unread_with_the_reason(exchange: str, audit: Audit) -> None:
    path, body, expected = REFUSALS[exchange]
    audited = audit(exchange, account_of(exchange, "empty").with_refusal(path, Reply(200, body)))
    told = facts.load_spec(exchange)
    assert told is not None
    place = next(call.id for call in told.calls if call.at == path)
    assert expected is audited.unread(place).trouble


@pytest.mark.parametrize("exchange", IMITATED)
def test_a_wallet_answered_with_an_empty_object_is_not_empty(exchange: str, audit: Audit) -> None:
    told = facts.load_spec(exchange)
    assert told is not None
    call = next(call for call in told.calls if call.method == "fetch_balance" and call.mode in {"", "unified"})
    account = account_of(exchange, "empty").with_refusal(call.at, Reply(200, {}))
    assert audit(exchange, account).unread(call.id)


def test_several_exchanges_are_one_report_and_one_list_of_dust() -> None:
    chosen = [account_of(exchange, "messy") for exchange in ("bitget", "gate")]
    report = audit_accounts(*chosen).report
    assert ["bitget-messy", "gate-messy"] == [account.snapshot.name for account in report.accounts]
    assert {"bitget", "gate"} == {line.exchange for line in report.dust}


@pytest.mark.http
def test_several_exchanges_are_asked_at_the_same_time() -> None:
    """None is answered its first question before all have asked theirs."""
    chosen = [account_of(exchange, "empty") for exchange in ("bitget", "gate")]
    all_asked, asked = Barrier(len(chosen), timeout=30), set[str]()

    def waiting(call: Call) -> None:
        if call.account is not None and call.account not in asked:
            asked.add(call.account)
            all_asked.wait()

    report = audit_accounts(*chosen, fault=waiting, request_timeout=60).report
    assert [Verdict.INCOMPLETE] * len(chosen) == [account.verdict for account in report.accounts]
    assert all(account.snapshot.key is not None for account in report.accounts)


def test_a_line_that_breaks_leaves_every_place_unread(audit: Audit) -> None:
    def cut(call: Any) -> Reply | None:
        return Reply(cut=True) if call.path == "/api/v4/spot/accounts" else None

    assert Trouble.NETWORK is audit("gate", "messy", fault=cut).unread("spot").trouble
