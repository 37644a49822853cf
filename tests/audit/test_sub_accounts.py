"""What one key cannot see of other accounts: settled only by a key of that very account, in the same place and pass."""

from typing import Any

import pytest

from auditor.audit.report_builder import build_report
from auditor.audit.sub_accounts import add_related_accounts
from auditor.model.records import Area
from auditor.model.report import Verdict
from auditor.model.snapshot import AccountSnapshot, Environment, Read, Reading, Snapshot, Trouble, Unread
from tests.builders import NOW, account, reading, sub_account, unread

BEYOND = {"okx": (Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS)}
EVERYWHERE = tuple(reading(area=area, surface=f"{area}-empty") for area in Area)
UNSEEN = {f"subaccount-{area}" for area in BEYOND["okx"]}


def main_account(*readings: Reading, **more: Any) -> AccountSnapshot:
    listed = reading(sub_account("cellar", uid="43"), area=Area.SUBACCOUNTS, surface="subaccounts")
    return account(*(readings or EVERYWHERE), listed, **more)


def cellar(*readings: Reading, **more: Any) -> AccountSnapshot:
    return account(*(readings or EVERYWHERE), **{"name": "cellar", "uid": "43", "kind": "sub", **more})


def together(*accounts: AccountSnapshot) -> Snapshot:
    return add_related_accounts(Snapshot(accounts=accounts, started_at=NOW, finished_at=NOW), BEYOND)


def unseen(snapshot: Snapshot, index: int = 0) -> set[str]:
    found = ((r.surface, r.result) for r in snapshot.accounts[index].readings)
    return {name for name, result in found if isinstance(result, Unread) and result.trouble is Trouble.UNSEEN}


def verdict(snapshot: Snapshot) -> Verdict:
    return build_report(snapshot, now=NOW).verdict


def test_a_sub_account_that_was_not_audited_is_unseen_in_every_area_that_its_main_account_cannot_reach() -> None:
    snapshot = together(main_account())
    assert (UNSEEN, Verdict.INCOMPLETE) == (unseen(snapshot), verdict(snapshot))


def test_both_accounts_audited_in_one_pass_leave_nothing_unseen() -> None:
    snapshot = together(main_account(), cellar())
    assert (set(), set(), Verdict.CLEAN) == (unseen(snapshot), unseen(snapshot, 1), verdict(snapshot))


def test_a_sub_accounts_key_does_not_see_the_main_account() -> None:
    snapshot = together(cellar())
    assert ({"main-account"}, Verdict.INCOMPLETE) == (unseen(snapshot), verdict(snapshot))


@pytest.mark.parametrize("elsewhere", [Environment.DEMO, Environment.CUSTOM])
def test_an_account_of_paper_trading_with_the_same_uid_says_nothing_of_the_real_one(elsewhere: Environment) -> None:
    snapshot = together(main_account(), cellar(environment=elsewhere))
    assert (UNSEEN, {"main-account"}) == (unseen(snapshot), unseen(snapshot, 1))
    assert verdict(snapshot) is Verdict.INCOMPLETE


def test_an_account_at_another_site_with_the_same_uid_says_nothing() -> None:
    snapshot = add_related_accounts(
        Snapshot(accounts=(main_account(), cellar(exchange="myokx")), started_at=NOW, finished_at=NOW),
        {**BEYOND, "myokx": ()},
    )
    assert unseen(snapshot) == UNSEEN


def test_two_addresses_of_the_users_own_are_two_places() -> None:
    there = {"environment": Environment.CUSTOM}
    apart = together(main_account(**there, host="one.test"), cellar(**there, host="two.test"))
    same = together(main_account(**there, host="one.test"), cellar(**there, host="one.test"))
    assert (UNSEEN, set()) == (unseen(apart), unseen(same))


def test_the_hosts_of_one_exchange_are_one_place() -> None:
    assert set() == unseen(together(main_account(), cellar(host="openapi.okx.com")))


def test_an_area_that_was_not_wholly_read_with_the_sub_accounts_own_key_stays_unseen() -> None:
    snapshot = together(main_account(), cellar(*EVERYWHERE, unread(area=Area.BOTS)))
    assert ({"subaccount-bots"}, Verdict.INCOMPLETE) == (unseen(snapshot), verdict(snapshot))


def test_an_area_of_which_the_sub_accounts_own_key_read_nothing_stays_unseen() -> None:
    some = [one for one in EVERYWHERE if one.area is not Area.EARN]
    assert {"subaccount-earn"} == unseen(together(main_account(), cellar(*some)))


def test_a_refused_key_of_the_sub_account_settles_nothing() -> None:
    assert unseen(together(main_account(), cellar(refused="it may trade"))) == UNSEEN


def test_two_sub_accounts_of_one_name_are_two() -> None:
    twins = (sub_account("cellar", uid="43"), sub_account("cellar", uid="44"))
    whole = account(*EVERYWHERE, reading(*twins, area=Area.SUBACCOUNTS, surface="subaccounts"))
    snapshot = together(whole, cellar())
    lines = [r for r in snapshot.accounts[0].readings if r.surface == "subaccount-orders"]
    assert [Read, Unread] == [type(line.result) for line in lines]
