"""Each surface of Binance's table by itself: it alone holds something, and it alone cannot be read."""

from dataclasses import replace

import pytest

from auditor.demo import Account, Reply
from auditor.model.account import Options
from auditor.model.report import Report, Severity, Status, Verdict
from auditor.model.snapshot import NotApplicable, Standing, Unread
from tests.exchanges.binance.bare import BARE, INFO, with_books
from tests.exchanges.binance.samples import BY_EYE, HOLDS_NOTHING, LIST, MANAGED, SAMPLES, SPOT, SUB, sample
from tests.exchanges.binance.surfaces import SURFACES, only_at
from tests.exchanges.okx.bare import readings
from tests.exchanges.okx.bench import Bench

FAILURE = Reply(status=400, body={"code": -4242, "msg": "Something that no documentation names."})
IDENTITY = {"permissions"}
"""Read by the same request as whose key it is: when that fails, nobody knows whose account it is."""
TOO = {
    "cross-margin": {"valuation"},
    "isolated-margin": {"valuation"},
    "sol-staking-rewards": set(),
    "subaccount-usd-m": set(),
}
"""Further witnesses of the same thing."""


def asked_for(name: str) -> Account:
    """An account of which this surface is asked, and which is otherwise as empty as that allows."""
    if name == "managed-subaccount-assets":
        return with_books({"sapi/v1/managed-subaccount/info": MANAGED})
    if name.startswith("subaccount"):
        return with_books({LIST: SUB})
    if name.startswith("convertible-cross-margin"):
        return with_books(sample("cross-margin"))
    if name in HOLDS_NOTHING and SURFACES[name].plan is not None:
        return with_books({SPOT: [{"asset": "LTC", "free": "0.7"}]})
    return BARE


def test_every_surface_has_a_sample_or_a_reason_why_it_holds_nothing() -> None:
    assert set(SURFACES) == {*SAMPLES, *HOLDS_NOTHING, *BY_EYE}
    assert [] == [name for name in SAMPLES if not all(sample(name).values())]


def test_the_account_of_these_tests_is_clean_without_a_sample(shared: Bench) -> None:
    audited = shared.audit(BARE)
    assert Verdict.CLEAN == audited.report.verdict
    assert audited.snapshot.accounts[0].confirmed_at is not None


@pytest.mark.parametrize("name", SAMPLES)
def test_a_surface_that_alone_holds_something_blocks_and_is_named(shared: Bench, name: str) -> None:
    report = shared.audit(with_books(sample(name))).report
    blockers = {finding.surface for finding in report.findings if finding.severity is Severity.BLOCKER}
    assert (Verdict.BLOCKED, True) == (report.verdict, name in blockers)
    assert blockers - {name} <= {"valuation"} | TOO.get(name, set())


@pytest.mark.parametrize("name", sorted(BY_EYE))
def test_what_a_reading_key_may_not_ask_is_a_line_to_look_at_by_eye(shared: Bench, name: str) -> None:
    audited = shared.audit(BARE)
    assert (Verdict.CLEAN, True) == (audited.report.verdict, f"unread-bare-{name}" in by_eye(audited.report))


@pytest.mark.parametrize("name", sorted(BY_EYE))
def test_what_a_reading_key_may_not_ask_blocks_when_a_wider_key_shows_it(shared: Bench, name: str) -> None:
    account = replace(with_books(sample(name)), perm="read_only,enableSpotAndMarginTrading")
    report = shared.audit(account, options=Options(pace=0, readonly=False)).report
    assert name in {finding.surface for finding in report.findings if finding.severity is Severity.BLOCKER}


@pytest.mark.parametrize("name", [name for name in SURFACES if name not in IDENTITY])
def test_a_surface_that_alone_cannot_be_read_leaves_the_account_unproved(shared: Bench, name: str) -> None:
    account = asked_for(name)
    audited = shared.audit(account, fault=only_at(SURFACES[name], lambda _call: FAILURE))
    found = [reading.result for reading in readings(audited, name)]
    assert found
    assert all(isinstance(result, Unread) and str(result.reason).endswith(".") for result in found)
    if account.books.keys() & {SPOT, "sapi/v1/margin/account"}:
        assert Verdict.BLOCKED == audited.report.verdict
    elif SURFACES[name].standing is Standing.DOCUMENTED and not SURFACES[name].some:
        assert Verdict.INCOMPLETE == audited.report.verdict
    else:
        assert [line for line in by_eye(audited.report) if line.startswith("unread-bare") and line.endswith(f"-{name}")]


@pytest.mark.parametrize("name", [name for name, surface in SURFACES.items() if surface.some])
def test_what_is_for_some_accounts_only_must_answer_or_refuse_to_be_done_with(shared: Bench, name: str) -> None:
    broken = Reply(status=400, body={"code": -1001, "msg": "Internal error."})
    audited = shared.audit(BARE, fault=only_at(SURFACES[name], lambda _call: broken))
    assert Verdict.INCOMPLETE == audited.report.verdict


PRODUCTS = {name for name, surface in SURFACES.items() if "products" in surface.after}


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_a_product_that_was_never_switched_on_is_not_asked_for(shared: Bench, name: str) -> None:
    audited = shared.audit(replace(BARE, books={}))
    (reading,) = readings(audited, name)
    assert isinstance(reading.result, NotApplicable)
    assert "never switched on" in str(reading.result.reason)
    assert Verdict.CLEAN == audited.report.verdict


def test_everything_is_asked_for_when_nobody_says_which_products_are_on(shared: Bench) -> None:
    audited = shared.audit(BARE, fault=lambda call: FAILURE if call.path == INFO else None)
    skipped = [
        name for name in PRODUCTS for reading in readings(audited, name) if isinstance(reading.result, NotApplicable)
    ]
    assert (Verdict.INCOMPLETE, []) == (audited.report.verdict, skipped)


def by_eye(report: Report) -> set[str]:
    return {line.id for line in report.requirements if line.status is Status.MANUAL}
