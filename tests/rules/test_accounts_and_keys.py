from dataclasses import replace
from typing import Any

import pytest

from auditor.i18n import verbatim
from auditor.model.records import Area, Record
from auditor.model.report import Severity
from auditor.model.snapshot import Key, Reading, Trouble
from tests.builders import (
    READ_ONLY,
    api_key,
    balance,
    blockers,
    bot,
    debt,
    earning,
    find_all,
    flow,
    market,
    order,
    position,
    price,
    restriction,
    sub_account,
    unread,
    warnings,
)


@pytest.mark.parametrize(
    "record",
    [
        balance("1", owner="alice"),
        balance("-1", owner="alice"),
        balance("0", owner="alice", parts={"frozen": "1", "in_bots": "2", "in_sniper": "1"}),
        balance("0.0000001", owner="alice"),
        balance("1", owner="alice", tradable=False),
        debt(owner="alice"),
        order(owner="alice"),
        position(owner="alice"),
        bot("copying a lead trader", copies=True, owner="alice"),
        earning(owner="alice", redeeming=True),
        flow(owner="alice", stuck=True),
    ],
)
def test_whatever_is_in_a_sub_account_is_told_as_that_and_once(record: Record) -> None:
    (said,) = [f for f in find_all(record, market(), price()) if f.severity is Severity.BLOCKER]
    assert (said.rule, said.owner) == ("sub-account-not-empty", "alice")
    assert "alice" in str(said.message)


def test_a_movement_in_a_sub_account_is_told_with_its_asset_and_its_state() -> None:
    (said,) = find_all(flow("9", "DOGE", owner="alice", reason="under review"))
    assert "alice: Withdrawal of 9 DOGE" in str(said.message)
    assert "under review." in str(said.message)


def test_a_sub_account_s_balance_is_told_to_the_last_digit() -> None:
    (said,) = find_all(balance("0.10", owner="alice"))
    assert str(said.message) == "Funding wallet of alice holds 0.10 BTC."


def test_a_sub_account_of_which_all_is_frozen_is_frozen_and_no_more() -> None:
    (said,) = find_all(sub_account(frozen=True, frozen_functions=("all",)))
    assert str(said.message).endswith(" is frozen.")


@pytest.mark.parametrize("frozen", [{"frozen": True}, {"frozen_functions": ("transfer",)}])
def test_a_frozen_sub_account_blocks(frozen: dict[str, Any]) -> None:
    assert blockers(sub_account(**frozen)) == ["sub-account-frozen"]


def test_a_frozen_sub_account_is_not_told_as_one_that_is_not_empty() -> None:
    assert blockers(sub_account(frozen=True, owner="alice")) == ["sub-account-frozen"]


def test_a_sub_account_that_merely_exists_says_nothing() -> None:
    assert find_all(sub_account()) == ()


def test_keys_that_remain_in_a_sub_account_are_a_warning() -> None:
    assert (blockers(api_key()), warnings(api_key())) == ([], ["sub-account-keys"])


def unseen(area: Area, owner: str | None = "alice") -> Reading:
    return unread(Trouble.UNSEEN, area=area, owner=owner)


def test_what_cannot_be_seen_of_a_sub_account_is_one_warning_that_names_the_areas() -> None:
    (said,) = find_all(readings=(unseen(Area.ORDERS), unseen(Area.EARN), unseen(Area.EARN)))
    assert (said.rule, said.severity, said.owner) == ("sub-account-unseen", Severity.WARNING, "alice")
    assert str(said.message) == (
        "Sub-account alice was only partly checked: it needs its own read-only key. Not checked: open orders, earn "
        "products."
    )
    assert "Create a read-only key in alice" in str(said.remedy)


def test_each_sub_account_has_its_own_warning() -> None:
    assert warnings(readings=(unseen(Area.ORDERS), unseen(Area.ORDERS, "bob"))) == ["sub-account-unseen"] * 2


def test_a_sub_account_s_key_says_that_it_cannot_see_the_main_account() -> None:
    (said,) = find_all(readings=(unseen(Area.ORDERS, None),))
    assert str(said.message) == "The main account was not checked: this key belongs to a sub-account."
    assert "main account" in str(said.remedy)


def test_a_failed_reading_is_no_unseen_sub_account() -> None:
    assert find_all(readings=(unread(Trouble.NETWORK, owner="alice"),)) == ()


def restricted(code: str) -> Reading:
    return unread(Trouble.RESTRICTED, code)


def test_a_code_that_means_a_restriction_blocks_once_however_often_it_came() -> None:
    assert blockers(readings=(restricted("50009"), restricted("50009"))) == ["account-restricted"]


def test_each_code_is_told() -> None:
    assert blockers(readings=(restricted("50009"), restricted("50060"))) == ["account-restricted"] * 2


def test_a_restriction_that_the_exchange_states_is_not_told_twice() -> None:
    assert blockers(restriction("50027"), readings=(restricted("50027"),)) == ["account-restricted"]


def test_other_refusals_are_no_restriction() -> None:
    assert blockers(readings=(unread(Trouble.REGION, "50051"),)) == []


def test_a_key_that_may_do_more_is_a_warning_when_the_audit_went_on() -> None:
    wide = replace(READ_ONLY, rights=("read_only", "trade"), readonly=False)
    assert (blockers(key=wide), warnings(key=wide)) == ([], ["key-too-wide"])


def test_a_key_that_was_refused_needs_no_second_word() -> None:
    assert warnings(key=replace(READ_ONLY, readonly=False), refused=verbatim("it can trade")) == []


def test_a_key_that_works_from_anywhere_is_a_warning() -> None:
    assert warnings(key=replace(READ_ONLY, ip_bound=False)) == ["key-not-ip-bound"]


@pytest.mark.parametrize("key", [None, READ_ONLY, replace(READ_ONLY, ip_bound=None)])
def test_a_proper_key_or_none_says_nothing(key: Key | None) -> None:
    assert warnings(key=key) == []
