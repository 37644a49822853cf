"""Totals of Bybit's answers that no row explains, pages that nobody expects, and an account of two kinds at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.exchanges.bybit.sources import rows_of_one_page
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Trouble
from auditor.spec.fields import MalformedError
from auditor.spec.rows import rows_in
from tests.exchanges.bench import Bench
from tests.exchanges.bybit.bare import BARE, CELLAR, KEPT
from tests.exchanges.bybit.samples import EXCHANGE_SAMPLES, MEMBERS, OVERVIEW
from tests.exchanges.findings import blockers, result, sentences, unread

LTV = "/v5/ins-loan/ltv-convert"


def answering(path: str, result: Any) -> Any:
    """The fault that answers this path so."""

    def fault(call: Call) -> Reply | None:
        return Reply(200, {"retCode": 0, "retMsg": "OK", "result": result}) if call.path == path else None

    return fault


def test_a_worth_of_all_accounts_that_no_account_explains_blocks(shared: Bench) -> None:
    listed = {"accountType": "FundingAccount", "totalEquity": "0", "coinDetail": []}
    fault = answering(OVERVIEW, {"totalEquity": "0.000000000000000001", "list": [listed]})
    audited = shared.audit_at("overview", BARE, fault=fault)
    told = " ".join(sentences(audited.report, "overview"))
    assert ({"overview"}, Verdict.BLOCKED, True) == (
        blockers(audited),
        audited.report.verdict,
        "0.000000000000000001 USD" in told,
    )


def test_a_worth_of_all_members_that_no_member_explains_is_a_doubt(shared: Bench) -> None:
    own = {"uid": BARE.key["userID"], "isM": True, "stat": 0, "origb": "0", "items": []}
    audited = shared.audit_at("members", BARE, fault=answering(MEMBERS, {"total": "5.1", "stat": 0, "list": [own]}))
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "members").trouble)


MAIN = {"uid": BARE.key["userID"], "isM": True, "stat": 0, "origb": "0", "items": []}


@pytest.mark.parametrize("answer", [{"total": "0", "list": []}, {"list": [MAIN]}, {"total": "", "list": [MAIN]}])
def test_a_list_of_members_without_the_main_account_or_its_total_is_not_believed(
    shared: Bench, answer: Mapping[str, Any]
) -> None:
    audited = shared.audit_at("members", BARE, fault=answering(MEMBERS, {"stat": 0, **answer}))
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "members").trouble)


@pytest.mark.parametrize("total", [{}, {"totalEquity": ""}, {"totalEquity": None}])
def test_an_overview_that_shows_nothing_and_has_no_total_is_not_believed(
    shared: Bench, total: Mapping[str, Any]
) -> None:
    audited = shared.audit_at("overview", BARE, fault=answering(OVERVIEW, {**total, "list": []}))
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "overview").trouble)


@pytest.mark.parametrize(
    ("worth", "items", "wallet"),
    [
        ("5", [], "total"),
        ("0.3", [("ACCOUNT_TYPE_CONTRACT", "0.3")], "CONTRACT"),
        ("0", [("ACCOUNT_TYPE_FUND", "1"), ("ACCOUNT_TYPE_UNIFIED", "-1")], "funding"),
        ("0.1", [("ACCOUNT_TYPE_OF_THE_FUTURE", "0.1")], "OF_THE_FUTURE"),
    ],
)
def test_a_worth_of_the_main_account_that_no_place_explains_blocks(
    shared: Bench, worth: str, items: list[tuple[str, str]], wallet: str
) -> None:
    parts = [{"type": kind, "origb": part, "stat": 0} for kind, part in items]
    own = {"uid": BARE.key["userID"], "isM": True, "stat": 0, "origb": worth, "items": parts}
    audited = shared.audit_at("members", BARE, fault=answering(MEMBERS, {"total": worth, "stat": 0, "list": [own]}))
    told = " ".join(sentences(audited.report, "members"))
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, f"your {wallet} wallet is worth" in told)


def test_a_worth_of_the_main_account_that_its_wallets_explain_is_told_once(shared: Bench) -> None:
    parts = [{"type": "ACCOUNT_TYPE_FUND", "origb": "0.7", "stat": 0}]
    own = {"uid": BARE.key["userID"], "isM": True, "stat": 0, "origb": "0.7", "items": parts}
    account = EXCHANGE_SAMPLES.account(EXCHANGE_SAMPLES.samples["funding"].books)
    audited = shared.audit(account, fault=answering(MEMBERS, {"total": "0.7", "stat": 0, "list": [own]}))
    assert {"funding"} == blockers(audited)


def test_a_funding_account_of_a_sub_account_that_shows_less_than_its_overview_is_told(shared: Bench) -> None:
    worth = {"_memberId": "71000002", "accountType": "FundingAccount", "totalEquity": "8", "coinDetail": []}
    audited = shared.audit(EXCHANGE_SAMPLES.account(KEPT, {OVERVIEW: [worth]}), CELLAR)
    assert ({"subaccount-overview"}, Verdict.BLOCKED) == (blockers(audited), audited.report.verdict)


RISK_UNIT = {"parentUid": "1", "unpaidInfo": [], "liqStatus": 0}


def test_an_institutional_debt_of_which_only_the_total_is_told_blocks(shared: Bench) -> None:
    rows = [{**RISK_UNIT, "unpaidAmount": "30"}, {**RISK_UNIT, "parentUid": "2", "unpaidAmount": "0"}]
    audited = shared.audit_at("institutional-ltv", BARE, fault=answering(LTV, {"ltvInfo": rows, "liqStatus": 0}))
    assert ["You owe 30 USD: institutional loan."] == sentences(audited.report, "institutional-ltv")


@pytest.mark.parametrize("rows", [[], [RISK_UNIT]])
def test_a_liquidation_of_the_whole_answer_is_not_taken_for_no_debt(shared: Bench, rows: list[Any]) -> None:
    audited = shared.audit_at("institutional-ltv", BARE, fault=answering(LTV, {"ltvInfo": rows, "liqStatus": 3}))
    assert (Verdict.INCOMPLETE, True) == (
        audited.report.verdict,
        "liquidation" in str(unread(audited, "institutional-ltv").reason),
    )


def test_a_classic_account_that_has_a_unified_wallet_is_not_taken_for_read(shared: Bench) -> None:
    account = replace(BARE, key={**BARE.key, "_unifiedMarginStatus": 1})
    types = {"accounts": [{"uid": "1", "accountType": ["UNIFIED", "FUND"]}]}
    audited = shared.audit_at("wallet-types", account, fault=answering("/v5/user/get-member-type", types))
    assert Trouble.MALFORMED is unread(audited, "wallet-types").trouble


@pytest.mark.parametrize("page", ["2", "eyJpZCI6MX0=", 7, True])
def test_a_list_without_pages_that_names_a_next_one_is_a_doubt_beside_its_rows(page: Any) -> None:
    answer = {"list": [{"coin": "LTC"}], "nextPageCursor": page}
    with pytest.raises(MalformedError, match="another page") as error:
        rows_of_one_page(rows_in("list"))(answer)
    assert ({"coin": "LTC"},) == error.value.rows


@pytest.mark.parametrize("more", [{}, {"nextPageCursor": ""}, {"nextPageCursor": None}, {"nextPageCursor": "0"}])
def test_a_list_without_pages_that_names_no_next_one_is_complete(more: Mapping[str, Any]) -> None:
    assert [] == rows_of_one_page(rows_in("list"))({"list": [], **more})


def test_earn_that_names_a_next_page_is_not_read_to_its_end(shared: Bench) -> None:
    place = EXCHANGE_SAMPLES.samples["liquidity-mining"].path
    audited = shared.audit_at(
        "liquidity-mining", BARE, fault=answering(place, {"positions": [], "nextPageCursor": "2"})
    )
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (
        audited.report.verdict,
        unread(audited, "liquidity-mining").trouble,
    )


@pytest.mark.parametrize(("worth", "part"), [("4", "4"), ("0", "-2.5"), ("-3", "0")])
def test_the_worth_of_an_account_that_no_list_shows_is_told_once(shared: Bench, worth: str, part: str) -> None:
    row = {"uid": 71000007, "type": 3, "stat": 0, "origb": worth, "items": [{"type": "X", "stat": 0, "origb": part}]}
    audited = shared.audit_at("members", BARE, fault=answering(MEMBERS, {"total": worth, "stat": 0, "list": [row]}))
    (told,) = sentences(audited.report, "members")
    left = worth if worth != "0" else part
    assert ((), True) == (audited.report.dust, told.endswith(f"but not all is gone: equity {left}."))


def test_copy_trading_is_named_once(shared: Bench) -> None:
    coins = [{"coin": "USDT", "equity": "4"}]
    inside = [{"category": "Copy Trading Classic", "equity": "4", "coinDetail": coins}]
    row = {"accountType": "CopyTrading", "totalEquity": "4", "categories": inside}
    audited = shared.audit_at("overview", BARE, fault=answering(OVERVIEW, {"totalEquity": "4", "list": [row]}))
    (told,) = sentences(audited.report, "overview")
    assert "Copy trading Classic: about 4 USDT" in told


def test_advertisements_whose_count_is_one_of_pages_are_all_read(shared: Bench) -> None:
    path = "/v5/p2p/item/personal/list"
    ads = [{"id": str(n), "tokenId": "USDT", "lastQuantity": "5", "frozenQuantity": "0", "status": 30} for n in (1, 2)]

    def fault(call: Call) -> Reply | None:
        rows = ads if call.query.get("page") == "1" else []
        return Reply(200, {"ret_code": 0, "result": {"count": 1, "items": rows}}) if call.path == path else None

    assert Verdict.CLEAN is shared.audit_at("p2p-ads", BARE, fault=fault).report.verdict


@pytest.mark.parametrize("accounts", [[], [{"uid": "1", "accountType": []}]])
def test_an_account_without_any_wallet_is_not_believed(shared: Bench, accounts: list[Any]) -> None:
    account = replace(BARE, key={**BARE.key, "_unifiedMarginStatus": 1})
    audited = shared.audit_at(
        "wallet-types", account, fault=answering("/v5/user/get-member-type", {"accounts": accounts})
    )
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "wallet-types").trouble)


@pytest.mark.parametrize("parent", ["0", "", None, BARE.key["userID"]])
def test_a_sub_account_without_a_main_account_is_not_excused_from_its_withdrawals(shared: Bench, parent: Any) -> None:
    key = {**BARE.key, "isMaster": False, "parentUid": parent}
    audited = shared.audit_at("withdrawals", replace(BARE, key=key))
    assert ("main", False) == (
        audited.snapshot.accounts[0].kind,
        isinstance(result(audited, "withdrawals"), NotApplicable),
    )
