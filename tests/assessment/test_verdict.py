from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.assessment.verdict import judge_account, overall_verdict, requirements
from auditor.i18n import verbatim
from auditor.model.records import Area, Balance, Record
from auditor.model.report import EXIT_CODES, Finding, Requirement, Severity, Status, Verdict
from auditor.model.snapshot import (
    AccountSnapshot,
    Environment,
    NotApplicable,
    Read,
    Reading,
    Snapshot,
    Standing,
    Trouble,
    Unread,
)
from auditor.settings.exchange_facts import exchange_config
from tests.builders import in_english
from tests.conftest import part_of

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
EMPTY = Read(records=(), rows=0, at=NOW)
UNREAD = Unread(reason=verbatim("The exchange did not answer."), trouble=Trouble.NETWORK)
UNUSED = NotApplicable(reason=verbatim("never used"), source="the exchange's documentation")
# From the best that can be said of an account to the worst: a new doubt or fact may only lead downwards.
TOWARDS_BLOCKED = [Verdict.CLEAN, Verdict.INCOMPLETE, Verdict.BLOCKED]


def reading(
    area: Area,
    result: Read | Unread | NotApplicable = EMPTY,
    *,
    surface: str | None = None,
    title: str | None = None,
    standing: Standing = Standing.DOCUMENTED,
    owner: str | None = None,
) -> Reading:
    return Reading(
        surface=surface or f"{area}-surface",
        area=area,
        title=title or f"The {area}",
        standing=standing,
        endpoint="GET somewhere",
        result=result,
        owner=owner,
    )


def account(
    *readings: Reading, name: str = "main", uid: str | None = "42", refused: str | None = None
) -> AccountSnapshot:
    return AccountSnapshot(
        name=name,
        exchange="okx",
        environment=Environment.LIVE,
        host="www.okx.com",
        uid=uid,
        main_uid=None,
        kind="main",
        mode="1",
        key=None,
        readings=readings,
        refused=None if refused is None else verbatim(refused),
        confirmed_at=NOW,
    )


def everything_read() -> list[Reading]:
    return [reading(area) for area in Area]


def snapshot(*accounts: AccountSnapshot) -> Snapshot:
    return Snapshot(accounts=accounts, started_at=NOW, finished_at=NOW)


def finding(area: Area = Area.ORDERS, severity: Severity = Severity.BLOCKER, name: str = "main") -> Finding:
    return Finding(
        rule="some-rule",
        severity=severity,
        account=name,
        area=area,
        surface="a-surface",
        subject="1",
        message=verbatim("Something is there."),
        remedy=verbatim("Clear it."),
    )


def some_bitcoin() -> Record:
    return Balance(subject="BTC", row={}, wallet="funding", asset="BTC", amount=Decimal("0.1"), held={})


def statuses(*accounts: AccountSnapshot, findings: tuple[Finding, ...] = ()) -> dict[str, Status]:
    configs = {"okx": exchange_config("okx")}
    return {line.id: line.status for line in requirements(snapshot(*accounts), findings, configs)}


def test_account_is_clean_when_every_area_was_read_and_nothing_is_there() -> None:
    assert judge_account(account(*everything_read()), []) is Verdict.CLEAN


def test_account_is_clean_when_products_do_not_apply_to_it() -> None:
    unused = [reading(area, EMPTY if area is Area.BALANCES else UNUSED) for area in Area]

    assert judge_account(account(*unused), []) is Verdict.CLEAN


def test_account_whose_balances_do_not_apply_is_not_believed() -> None:
    strange = [reading(area, UNUSED if area is Area.BALANCES else EMPTY) for area in Area]

    assert judge_account(account(*strange), []) is Verdict.INCOMPLETE


def test_account_without_readings_is_incomplete() -> None:
    assert judge_account(account(), []) is Verdict.INCOMPLETE


@pytest.mark.parametrize("area", list(Area))
def test_area_that_nobody_looked_into_makes_it_incomplete(area: Area) -> None:
    others = [r for r in everything_read() if r.area is not area]

    assert judge_account(account(*others), []) is Verdict.INCOMPLETE


@pytest.mark.parametrize("area", list(Area))
def test_area_looked_into_only_in_a_sub_account_makes_it_incomplete(area: Area) -> None:
    readings = [replace(r, owner="alice") if r.area is area else r for r in everything_read()]

    assert judge_account(account(*readings), []) is Verdict.INCOMPLETE


@pytest.mark.parametrize("area", list(Area))
def test_area_looked_into_only_by_an_undocumented_surface_makes_it_incomplete(area: Area) -> None:
    readings = [replace(r, standing=Standing.UNDOCUMENTED) if r.area is area else r for r in everything_read()]

    assert judge_account(account(*readings), []) is Verdict.INCOMPLETE


def test_unknown_uid_makes_it_incomplete() -> None:
    assert judge_account(account(*everything_read(), uid=None), []) is Verdict.INCOMPLETE


def test_unread_surface_of_a_sub_account_makes_it_incomplete() -> None:
    hidden = reading(Area.ORDERS, UNREAD, owner="alice")

    assert judge_account(account(*everything_read(), hidden), []) is Verdict.INCOMPLETE


def test_unread_undocumented_surface_leaves_it_clean_with_a_line_to_check_in_the_app() -> None:
    hidden = reading(Area.EARN, UNREAD, surface="fixed", title="Fixed-term earn", standing=Standing.UNDOCUMENTED)
    audited = account(*everything_read(), hidden)

    lines = requirements(snapshot(audited), [], {"okx": exchange_config("okx")})

    assert judge_account(audited, []) is Verdict.CLEAN
    assert [str(line.title) for line in lines if line.id == "unread-main-fixed"] == [
        "Fixed-term earn (main): it could not be read"
    ]
    assert statuses(audited)["unread-main-fixed"] is Status.MANUAL


def test_a_line_to_check_in_the_app_says_whose_it_is_where_it_was_asked_and_when() -> None:
    nobody_says = Standing.UNDOCUMENTED
    hidden = [
        reading(Area.EARN, UNREAD, surface="fixed", title="Fixed-term earn", standing=nobody_says, owner=owner)
        for owner in (None, "alice")
    ]

    lines = requirements(snapshot(account(*everything_read(), *hidden)), [], {"okx": exchange_config("okx")})

    said = "{whose}: it could not be read"
    assert [in_english(line) for line in lines if line.id.startswith("unread")] == [
        Requirement(
            id=f"unread-{whose}-fixed",
            exchange="okx",
            title=verbatim(said.format(whose=f"Fixed-term earn ({whose})")),
            status=Status.MANUAL,
            source=verbatim("not documented by the exchange: GET somewhere"),
            as_of="2026-07-01",
            official=False,
            detail=verbatim("The exchange did not answer."),
        )
        for whose in ("main", "main/alice")
    ]


def test_blocker_makes_it_blocked_whatever_else_was_not_read() -> None:
    assert judge_account(account(reading(Area.ORDERS, UNREAD)), [finding()]) is Verdict.BLOCKED


def test_muted_blocker_still_blocks() -> None:
    assert judge_account(account(*everything_read()), [replace(finding(), muted=True)]) is Verdict.BLOCKED


def test_blocker_of_another_account_does_not_block_this_one() -> None:
    assert judge_account(account(*everything_read()), [finding(name="other")]) is Verdict.CLEAN


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
def test_warnings_and_infos_do_not_block(severity: Severity) -> None:
    assert judge_account(account(*everything_read()), [finding(severity=severity)]) is Verdict.CLEAN


def test_holding_that_no_rule_spoke_of_blocks_all_the_same() -> None:
    held = reading(Area.BALANCES, Read(records=(some_bitcoin(),), rows=1, at=NOW))

    assert judge_account(account(*everything_read(), held), []) is Verdict.BLOCKED


def test_refused_key_is_refused() -> None:
    assert judge_account(account(refused="The key can trade."), []) is Verdict.REFUSED


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ("clean", 0),
        ("clean incomplete", 3),
        ("clean refused incomplete", 4),
        ("clean refused incomplete blocked", 1),
        ("", 3),
    ],
)
def test_run_of_several_accounts_ends_with_the_worst_of_them(verdicts: str, code: int) -> None:
    assert EXIT_CODES[overall_verdict(Verdict(name) for name in verdicts.split())] == code


def readings_of_any_kind() -> st.SearchStrategy[list[Reading]]:
    results = st.sampled_from([EMPTY, UNREAD, UNUSED])
    owners = st.sampled_from([None, None, "alice"])
    one = st.builds(
        lambda area, result, owner, standing: reading(area, result, owner=owner, standing=standing),
        st.sampled_from(Area),
        results,
        owners,
        st.sampled_from(Standing),
    )
    held = reading(Area.BALANCES, Read(records=(some_bitcoin(),), rows=1, at=NOW))
    return st.builds(lambda more: [*everything_read(), *more], st.lists(one | st.just(held), max_size=6))


def met(readings: list[Reading]) -> set[str]:
    return {key for key, status in statuses(account(*readings)).items() if status is Status.MET}


def each_made_unread(readings: list[Reading]) -> Iterator[list[Reading]]:
    for place, one in enumerate(readings):
        if one.standing is Standing.DOCUMENTED and isinstance(one.result, Read):
            yield [*readings[:place], replace(one, result=UNREAD), *readings[place + 1 :]]


@given(readings_of_any_kind())
def test_account_with_a_documented_surface_unread_is_never_clean(readings: list[Reading]) -> None:
    verdicts = {judge_account(account(*less), []) for less in each_made_unread(readings)}

    assert Verdict.CLEAN not in verdicts


@part_of(50)
@given(readings_of_any_kind())
def test_losing_a_reading_brings_no_verdict_or_requirement_nearer_to_clean(readings: list[Reading]) -> None:
    held = any(isinstance(r.result, Read) and r.result.records for r in readings)
    told = (finding(Area.BALANCES),) if held else ()
    before = TOWARDS_BLOCKED.index(judge_account(account(*readings), told))

    for less in each_made_unread(readings):
        assert TOWARDS_BLOCKED.index(judge_account(account(*less), told)) >= before
        assert met(less) <= met(readings)


def test_requirements_are_met_when_their_areas_were_read_and_are_empty() -> None:
    found = statuses(account(*everything_read()))

    assert {status for status in found.values() if status is not Status.MANUAL} == {Status.MET}


def test_requirements_of_an_account_that_was_not_read_are_unknown() -> None:
    found = statuses(account(refused="The key can trade."))

    assert {status for status in found.values() if status is not Status.MANUAL} == {Status.UNKNOWN}


def test_requirement_is_blocked_by_a_finding_in_one_of_its_areas() -> None:
    found = statuses(account(*everything_read()), findings=(finding(Area.BOTS),))

    assert [key for key, status in found.items() if status is Status.BLOCKED] == ["nothing-open"]


def test_requirement_is_unknown_when_its_area_was_not_read() -> None:
    readings = [replace(r, result=UNREAD) if r.area is Area.FLOWS else r for r in everything_read()]

    found = statuses(account(*readings))

    assert [key for key, status in found.items() if status is Status.UNKNOWN] == ["nothing-unsettled"]


def test_debts_are_unknown_when_the_trading_account_that_shows_them_was_not_read() -> None:
    hidden = reading(Area.BALANCES, UNREAD, surface="trading")

    assert statuses(account(*everything_read(), hidden))["debts-zero"] is Status.UNKNOWN


def test_restriction_that_hides_another_surface_leaves_the_status_unknown() -> None:
    restricted = Unread(reason=verbatim("The account is restricted."), trouble=Trouble.RESTRICTED, code="50027")

    found = statuses(account(*everything_read(), reading(Area.EARN, restricted)))

    assert [key for key, status in found.items() if status is Status.UNKNOWN] == ["earn-zero", "no-restriction"]


def test_what_of_a_sub_account_was_not_read_leaves_it_unknown_whether_all_of_them_are_empty() -> None:
    found = statuses(account(*everything_read(), reading(Area.ORDERS, UNREAD, owner="alice")))

    assert [key for key, status in found.items() if status is Status.UNKNOWN] == ["nothing-open", "subaccounts-empty"]


def test_requirements_are_those_of_each_exchange_with_who_says_so_and_when() -> None:
    second = replace(account(*everything_read(), name="second"), exchange="binance")
    configs = {name: exchange_config(name) for name in ("okx", "binance")}

    lines = requirements(snapshot(account(*everything_read()), second), [], configs)

    expected = [
        (name, fact.id, fact.title, fact.source, fact.as_of.isoformat(), fact.official, fact.note)
        for name, config in configs.items()
        for fact in config.requirements
    ]
    assert expected == [
        (r.exchange, r.id, str(r.title), str(r.source), r.as_of, r.official, str(r.detail)) for r in lines
    ]


def test_requirement_holds_for_all_accounts_or_not_at_all() -> None:
    found = statuses(account(*everything_read()), account(name="second"))

    assert found["balances-zero"] is Status.UNKNOWN


@pytest.mark.parametrize(("kind", "expected"), [("main", Status.MET), ("sub", Status.BLOCKED), (None, Status.MET)])
def test_what_blocks_in_a_sub_account_read_by_its_own_key_leaves_not_all_of_them_empty(
    kind: str | None, expected: Status
) -> None:
    audited = replace(account(*everything_read()), kind=kind)

    assert statuses(audited, findings=(finding(),))["subaccounts-empty"] is expected


def test_requirement_is_blocked_when_any_account_blocks_it() -> None:
    found = statuses(account(), account(*everything_read(), name="second"), findings=(finding(name="second"),))

    assert found["nothing-open"] is Status.BLOCKED
