"""KuCoin: sub-accounts and trading bots, and futures accounts of both in one list."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.demo import Account
from auditor.model.report import Verdict
from auditor.model.snapshot import Unread
from tests.exchanges.kucoin.answering import EMPTY, audited, data, held, messages, results
from tests.exchanges.kucoin.samples import kid

SUB_USERS = "/api/v2/sub/user"


def test_a_trading_bot_shows_as_a_sub_account_of_its_own() -> None:
    audit = audited({}, EMPTY.with_rows(SUB_USERS, [kid(kind=1)]))
    assert ["kid1"] == [record.subject for record in held(audit, "trading-bots")]
    assert "Trading bot" in messages(audit)


ROBOT = {**kid(kind=1), "subName": "robot1"}
WALLETS = "/api/v2/sub-accounts"


@pytest.mark.parametrize("status", [2, 3])
@pytest.mark.parametrize("uid", [72000901, None])
def test_the_empty_sub_account_of_a_bot_that_ended_keeps_no_account_from_clean(status: int, uid: int | None) -> None:
    robot = {**ROBOT, "status": status, "uid": uid}
    modes = data({"selfAccountMode": "CLASSIC", "classicSubAccount": [72000901]})
    who = EMPTY.with_rows(SUB_USERS, [robot]).with_rows(WALLETS, [{"subName": "robot1"}])
    audit = audited({"/api/ua/v1/account/mode": modes}, who)
    assert (Verdict.CLEAN, []) == (audit.report.verdict, held(audit, "trading-bots"))


def test_a_bot_whose_sub_account_no_list_of_wallets_names_counts_as_running() -> None:
    assert 1 == len(held(audited({}, EMPTY.with_rows(SUB_USERS, [ROBOT])), "trading-bots"))


@pytest.mark.parametrize("place", ["tradeAccounts", "futures", "isolated"])
def test_whatever_is_in_the_sub_account_of_a_bot_blocks(place: str) -> None:
    coin = {"currency": "USDT", "balance": "0", "available": "0", "holds": "0.1"}
    whole = {"accountType": "ISOLATED", "currencyList": [{**coin, "hold": "0.1"}]}
    futures = {"accountName": "robot1", "currency": "USDT", "accountEquity": 3}
    who = EMPTY.with_rows(SUB_USERS, [ROBOT]).with_rows(
        WALLETS, [{"subName": "robot1", "tradeAccounts": [coin] if place == "tradeAccounts" else []}]
    )
    if place == "isolated":
        who = who.with_rows("/api/ua/v1/sub-account/balance", [{"uid": ROBOT["uid"], "accountList": [whole]}])
    if place == "futures":
        who = who.with_rows("/api/v1/account-overview-all", [futures])
    assert Verdict.BLOCKED is audited({}, who).report.verdict


def test_numbers_of_sub_accounts_that_no_bot_explains_are_told() -> None:
    modes = data({"selfAccountMode": "CLASSIC", "classicSubAccount": [72000901, 72000902]})
    who = EMPTY.with_rows(SUB_USERS, [{**ROBOT, "uid": None}]).with_rows(WALLETS, [{"subName": "robot1"}])
    assert Verdict.INCOMPLETE is audited({"/api/ua/v1/account/mode": modes}, who).report.verdict


@pytest.mark.parametrize("uids", [{"unifiedSubAccount": [72000955]}, {"classicSubAccount": ["72000955"]}], ids=str)
def test_a_sub_account_that_only_the_answer_about_modes_names_keeps_the_account_from_clean(uids: Any) -> None:
    audit = audited({"/api/ua/v1/account/mode": data({"selfAccountMode": "CLASSIC", **uids})})
    unseen = [str(finding.message) for finding in audit.report.findings if finding.rule == "sub-account-unseen"]
    assert (Verdict.INCOMPLETE, 1, True) == (audit.report.verdict, len(unseen), "72000955" in unseen[0])


def test_a_trading_bot_without_a_number_hides_no_other_sub_account() -> None:
    bot = {**kid(kind=1), "subName": "robot1", "uid": None, "userId": None}
    audit = audited({}, EMPTY.with_rows(SUB_USERS, [bot, kid(status=3)]))
    assert [["robot1"], ["kid1"]] == [[r.subject for r in held(audit, one)] for one in ("trading-bots", "subaccounts")]
    assert not [result for result in results(audit, "subaccounts") if isinstance(result, Unread)]


def test_a_sub_account_without_a_number_is_told_and_leaves_the_list_unread() -> None:
    audit = audited({}, EMPTY.with_rows(SUB_USERS, [{**kid(status=3), "uid": None}]))
    assert ["kid1"] == [record.subject for record in held(audit, "subaccounts")]
    assert [True] == [isinstance(result, Unread) for result in results(audit, "subaccounts")]


def main_account(**sub_accounts: Any) -> Account:
    return EMPTY.with_rows(SUB_USERS, [kid()]).with_rows("/api/v2/sub-accounts", [{"subName": "kid1", **sub_accounts}])


def test_what_a_sub_account_holds_is_told_once_though_two_requests_show_it() -> None:
    asset = {"currency": "USDT", "balance": "5", "available": "5", "holds": "0"}
    whole = {"accountType": "FUNDING", "currencyList": [{**asset, "hold": "0"}]}
    user = {"uid": 72000901, "accountList": [whole]}
    audit = audited({}, main_account(mainAccounts=[asset]).with_rows("/api/ua/v1/sub-account/balance", [user]))
    amounts = [str(f.amount) for f in audit.report.findings if f.asset == "USDT" and f.owner == "kid1"]
    assert ["5"] == amounts


@pytest.mark.parametrize("figures", [{"hold": "5"}, {"locked": "5"}, {"equity": "7"}, {"available": "-1"}], ids=str)
def test_what_only_the_whole_account_shows_on_hold_is_told(figures: dict[str, str]) -> None:
    none = {"currency": "USDT", "balance": "0", "available": "0", "holds": "0"}
    whole = {"accountType": "FUNDING", "currencyList": [{**none, **figures}]}
    user = {"uid": 72000901, "accountList": [whole]}
    audit = audited({}, main_account(mainAccounts=[none]).with_rows("/api/ua/v1/sub-account/balance", [user]))
    assert ["main:USDT"] == [record.subject for record in held(audit, "subaccount-whole")]


@pytest.mark.parametrize("lists", [("accountList", "currencyList"), ("accounts", "currencies")])
def test_isolated_margin_of_a_sub_account_is_read_under_either_name(lists: tuple[str, str]) -> None:
    asset = {"currency": "USDT", "balance": "0.11", "available": "0.11", "liabilityPrinciple": "0.02"}
    account_row = {"accountType": "ISOLATED", "accountSubType": "BTC-USDT", lists[1]: [asset]}
    user = {"uid": 72000901, lists[0]: [account_row]}
    audit = audited({}, main_account().with_rows("/api/ua/v1/sub-account/balance", [user]))
    assert {"isolated:BTC-USDT:USDT", "isolated:BTC-USDT:USDT:debt"} == {
        record.subject for record in held(audit, "subaccount-whole")
    }


@pytest.mark.parametrize("users", [[], [{"uid": 1, "accountList": [{"accountType": "SPOT", "currencyList": [{}]}]}]])
def test_an_answer_without_the_sub_account_leaves_it_unread(users: list[Any]) -> None:
    answer = data({"ts": 1, "userList": users})
    audit = audited({"/api/ua/v1/sub-account/balance": answer}, main_account())
    assert all(isinstance(result, Unread) for result in results(audit, "subaccount-whole"))


def test_futures_of_sub_accounts_and_of_the_account_itself_come_in_one_list() -> None:
    figures = {"availableBalance": 0, "positionMargin": 0, "orderMargin": 0, "frozenFunds": 0}

    def answer(query: Mapping[str, str]) -> Any:
        rows = [
            {"accountName": name, "accountEquity": equity, "currency": query["currency"], **figures}
            for name, equity in (("main", 2), ("kid1", 3))
        ]
        total = {"accountEquityTotal": 5, "currency": query["currency"]}
        return data({"summary": total, "accounts": rows if query["currency"] == "USDT" else []})

    audit = audited({"/api/v1/account-overview-all": answer}, main_account())
    usdt = {(r.owner, getattr(r, "asset", ""), str(getattr(r, "amount", ""))) for r in held(audit, "all-futures")}
    assert {(None, "USDT", "2"), ("kid1", "USDT", "3")} == usdt


def test_frozen_funds_of_a_futures_account_are_a_transfer_under_way() -> None:
    def answer(query: Mapping[str, str]) -> Any:
        frozen = 4 if query["currency"] == "USDT" else 0
        return data({"accountEquity": 0, "availableBalance": 0, "frozenFunds": frozen, "currency": query["currency"]})

    assert Verdict.BLOCKED is audited({"/api/v1/account-overview": answer}).report.verdict
