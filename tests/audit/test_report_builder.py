import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from auditor.audit.report_builder import build_report, this_tool
from auditor.i18n import verbatim
from auditor.model.records import Area, Balance
from auditor.model.report import Report, Status, Tool, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment, Key, Read, Reading, Snapshot, Standing, Trouble, Unread
from auditor.settings.exchange_facts import config_sha256
from tests.conftest import audit_demo

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


def reading(area: Area, *records: Balance) -> Reading:
    return Reading(
        surface=f"{area}-surface",
        area=area,
        title=f"The {area} page",
        standing=Standing.DOCUMENTED,
        endpoint=f"GET {area}",
        result=Read(records=records, rows=len(records), at=NOW),
    )


def account(
    readings: Sequence[Reading], exchange: str = "okx", confirmed_at: datetime | None = NOW, name: str = "main"
) -> AccountSnapshot:
    return AccountSnapshot(
        name=name,
        exchange=exchange,
        environment=Environment.LIVE,
        host="www.okx.com",
        uid="42",
        main_uid="42",
        kind="main",
        mode="1",
        key=Key(rights=("read_only",), readonly=True, ip_bound=True),
        readings=tuple(readings),
        confirmed_at=confirmed_at,
    )


def report_on(*accounts: AccountSnapshot) -> Report:
    return build_report(Snapshot(accounts=accounts, started_at=NOW, finished_at=NOW, window=600.0), now=NOW)


def report(readings: Sequence[Reading], exchange: str = "okx") -> Report:
    return report_on(account(readings, exchange))


def test_report_of_an_empty_account_is_clean() -> None:
    assert report([reading(area) for area in Area]).verdict is Verdict.CLEAN


def test_report_of_an_empty_account_that_nobody_confirmed_is_incomplete() -> None:
    built = report_on(account([reading(area) for area in Area], confirmed_at=None))

    assert (built.verdict, built.confirmed_at) == (Verdict.INCOMPLETE, None)


def test_report_is_confirmed_when_the_first_of_its_clean_accounts_was() -> None:
    empty = [reading(area) for area in Area]
    coin = Balance(subject="XYZ", row={}, wallet="funding", asset="XYZ", amount=Decimal(1), held={})
    early, late = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    clean = [account(empty, confirmed_at=late, name="late"), account(empty, confirmed_at=early, name="early")]
    left = account([*empty, reading(Area.BALANCES, coin)], confirmed_at=None, name="left")

    built = report_on(*clean, left)

    assert (built.verdict, built.confirmed_at, built.window) == (Verdict.BLOCKED, early, 600.0)


def test_report_without_a_clean_account_is_not_confirmed() -> None:
    coin = Balance(subject="XYZ", row={}, wallet="funding", asset="XYZ", amount=Decimal(1), held={})

    assert report([*(reading(area) for area in Area), reading(Area.BALANCES, coin)]).confirmed_at is None


@pytest.mark.parametrize("area", list(Area))
def test_report_of_an_empty_account_with_one_place_unread_is_incomplete(area: Area) -> None:
    lost = Unread(reason=verbatim("The exchange did not answer."), trouble=Trouble.NETWORK)
    readings = [replace(reading(one), result=lost) if one is area else reading(one) for one in Area]

    assert report(readings).verdict is Verdict.INCOMPLETE


def test_report_of_a_balance_has_its_finding_requirement_and_dust() -> None:
    coin = Balance(subject="XYZ", row={}, wallet="funding", asset="XYZ", amount=Decimal("0.00000001"), held={})

    built = report([*(reading(area) for area in Area), reading(Area.BALANCES, coin)])

    assert built.verdict is Verdict.BLOCKED
    assert [(finding.asset, finding.amount) for finding in built.findings] == [("XYZ", Decimal("0.00000001"))]
    assert [line.id for line in built.requirements if line.status is Status.BLOCKED] == ["balances-zero"]
    assert [line.asset for line in built.dust] == ["XYZ"]


@pytest.mark.parametrize("exchange", ["okx", "myokx", "okxus"])
def test_report_names_its_exchange_in_every_requirement(exchange: str) -> None:
    built = report([reading(area) for area in Area], exchange)

    assert {line.exchange for line in built.requirements} == {exchange}


def test_report_says_which_program_made_it() -> None:
    tool = this_tool()

    assert tool == Tool(version="0.1.0", ccxt=tool.ccxt, config_sha256=config_sha256())
    assert re.match(r"\d+\.\d+\.\d+", tool.ccxt)


def test_a_refused_key_has_met_no_requirement() -> None:
    requirements = audit_demo("wide").report.requirements
    assert {Status.UNKNOWN, Status.MANUAL} == {requirement.status for requirement in requirements}
