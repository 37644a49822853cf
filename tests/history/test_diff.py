"""What became of holdings: named by place, and never resolved by not looking."""

from typing import Any

import pytest

from auditor.history.diff import KnownHolding, Transition, compare, holdings, known_holdings
from auditor.i18n import verbatim
from auditor.model.records import Area
from auditor.model.report import Severity
from auditor.model.snapshot import Key, NotApplicable, Reading, Unread
from tests import builders
from tests.history.conftest import done, funding

NOT_HAVE = NotApplicable(reason=verbatim("never used"), source="documented")


def moved(before: list[Reading], after: list[Reading], *, was_clean: bool = False, **account: Any) -> list[Transition]:
    """What became of the holdings of two passes."""
    earlier, later = done(*before).report, done(*after, **account).report
    known = known_holdings(earlier, earlier.accounts[0])
    return list(compare(known, later.accounts[0], later.findings, was_clean=was_clean))


def changed_subjects(*passes: list[Reading], **more: Any) -> list[tuple[str, str]]:
    return [(each.kind.value, each.seen.subject) for each in moved(*passes, **more)]


def earn(**more: Any) -> Reading:
    return builders.reading(builders.earning(), surface="earn", **more)


def unread(surface: str, owner: str | None = None, **more: Any) -> Reading:
    return builders.unread(surface=surface, owner=owner, **more)


def test_new_still_there_changed_and_resolved() -> None:
    assert [("new", "BTC")] == changed_subjects([funding()], [funding("BTC")])
    assert [("still", "BTC")] == changed_subjects([funding("BTC")], [funding("BTC")])
    assert [("changed", "BTC")] == changed_subjects([funding("BTC")], [funding("BTC", amount="0.99")])
    assert [("resolved", "BTC")] == changed_subjects([funding("BTC")], [funding()])


def test_what_is_found_after_a_clean_pass_has_come_back() -> None:
    assert [("back", "BTC")] == changed_subjects([funding()], [funding("BTC")], was_clean=True)


@pytest.mark.parametrize("after", [[], [unread("funding")]])
def test_a_place_that_was_not_looked_at_resolves_nothing(after: list[Reading]) -> None:
    assert [("unseen", "BTC")] == changed_subjects([funding("BTC")], after)


def test_a_place_that_the_account_cannot_have_any_more_is_resolved() -> None:
    gone = builders.reading(surface="funding", result=NOT_HAVE)

    assert [("resolved", "BTC")] == changed_subjects([funding("BTC")], [gone])


def test_what_was_at_a_sub_account_that_was_deleted_is_resolved() -> None:
    held = builders.reading(builders.balance("1", owner="alice"), surface="sub", owner="alice")

    assert [("resolved", "BTC")] == changed_subjects([held], [builders.reading(surface="sub", result=NOT_HAVE)])
    assert [("unseen", "BTC")] == changed_subjects([held], [unread("sub", "alice")])


def test_a_refused_key_resolves_nothing() -> None:
    assert [("unseen", "BTC")] == changed_subjects([funding("BTC")], [unread("account-config")], refused="it may trade")


def test_a_remark_is_resolved_only_when_its_area_was_read() -> None:
    unbound = done(key=Key(rights=("read_only",), readonly=True, ip_bound=False)).report
    known = known_holdings(unbound, unbound.accounts[0])

    def later(*readings: Reading) -> list[str]:
        report = done(*readings).report
        return [each.kind.value for each in compare(known, report.accounts[0], report.findings)]

    area = next(iter(known.values())).seen.area
    assert (["resolved"], ["unseen"]) == (later(), later(unread("some-place", area=area)))


def test_interest_that_accrues_is_no_movement_and_a_sale_is() -> None:
    [grown] = moved([funding("BTC")], [funding("BTC", amount="1.0001")])
    [sold] = moved([funding("BTC")], [funding("BTC", amount="0.5")])

    assert (False, True) == (grown.moved, sold.moved)


def test_a_redemption_that_begins_is_movement() -> None:
    redeeming = builders.reading(builders.earning(redeeming=True), surface="earn")

    [begun] = moved([earn()], [redeeming])

    assert ("changed", True, True) == (begun.kind.value, begun.other_rule, begun.moved)


def test_an_order_that_is_partly_filled_has_changed() -> None:
    def order(amount: str) -> Reading:
        return builders.reading(builders.order(amount=builders.decimal_or_none(amount)), surface="orders")

    [filled] = moved([order("1")], [order("0.4")])

    assert ("changed", "1", "0.4") == (filled.kind.value, str(filled.before), str(filled.seen.amount))


def test_a_holding_stands_for_its_blocker_not_for_remarks_about_it() -> None:
    held = builders.reading(
        builders.balance("1", trial=builders.decimal_or_none("2"), wallet="trading"), surface="trading"
    )
    report = done(held).report

    assert 2 == len(report.findings)
    assert [Severity.BLOCKER] == [seen.severity for seen in holdings(report.accounts[0], report.findings).values()]


def test_what_is_resolved_already_is_not_told_again() -> None:
    known = {place: KnownHolding(seen=entry.seen, open=False) for place, entry in as_of(funding("BTC")).items()}
    report = done(funding()).report

    assert () == compare(known, report.accounts[0], report.findings)


def as_of(*readings: Reading) -> dict[Any, KnownHolding]:
    report = done(*readings).report
    return known_holdings(report, report.accounts[0])


def test_unread_is_not_a_kind_of_empty() -> None:
    assert isinstance(unread("funding").result, Unread)
    assert Area.BALANCES is unread("funding").area
