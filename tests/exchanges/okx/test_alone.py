"""Each surface of OKX's table by itself: it alone holds something, and it alone cannot be read."""

from dataclasses import replace

import pytest

from auditor.demo import Account, Reply
from auditor.model.report import Report, Severity, Status, Verdict
from auditor.model.snapshot import Standing, Unread
from tests.exchanges.okx.bare import BARE, readings
from tests.exchanges.okx.bench import Bench
from tests.exchanges.okx.samples import HOLDS_NOTHING, KEPT, LOOK_BY_EYE, SAMPLES, Sample
from tests.exchanges.okx.surfaces import SURFACES, only_at

NEEDS_A_BALANCE = {name for name, surface in SURFACES.items() if surface.plan is not None} - set(SAMPLES)
FAILURE = Reply(status=500, body={"code": "50026", "msg": "System error", "data": []})
EVENTS_TOO = {"event-orders": {"orders"}}
"""OKX does not say whether the list of all orders shows event contracts too; the demo's does."""


def holder(sample: Sample) -> Account:
    return replace(BARE, books=sample.books, mode=sample.mode)


def asked_for(name: str) -> Account:
    """An account of which this surface is asked, and which is otherwise as empty as that allows."""
    if name == "stable-rewards-requests":
        return replace(BARE, books=SAMPLES[name].with_)
    if name.startswith("subaccount-"):
        return replace(BARE, books=KEPT)
    if name in NEEDS_A_BALANCE:
        return holder(SAMPLES["trading" if name == "convertible-trading" else "funding"])
    return BARE


def test_every_surface_has_a_sample_or_a_reason_why_it_holds_nothing() -> None:
    assert set(SURFACES) == {*SAMPLES, *HOLDS_NOTHING, *LOOK_BY_EYE}


def test_the_account_of_these_tests_is_clean_without_a_sample(shared: Bench) -> None:
    audited = shared.audit(BARE)
    assert Verdict.CLEAN == audited.report.verdict
    assert audited.snapshot.accounts[0].confirmed_at is not None


@pytest.mark.parametrize("name", SAMPLES)
def test_a_surface_that_alone_holds_something_blocks_and_is_named(shared: Bench, name: str) -> None:
    report = shared.audit(holder(SAMPLES[name])).report
    blockers = {finding.surface for finding in report.findings if finding.severity is Severity.BLOCKER}
    assert (Verdict.BLOCKED, True) == (report.verdict, name in blockers)
    # OKX's valuation is a further witness of the same thing.
    assert blockers - {name} <= {"valuation"} | EVENTS_TOO.get(name, set())


@pytest.mark.parametrize("name", LOOK_BY_EYE)
def test_an_answer_that_nobody_documents_is_a_line_to_look_at_by_eye(shared: Bench, name: str) -> None:
    assert f"unread-bare-{name}" in by_eye(shared.audit(holder(LOOK_BY_EYE[name])).report)


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_that_alone_cannot_be_read_leaves_the_account_unproved(shared: Bench, name: str) -> None:
    account = asked_for(name)
    audited = shared.audit(account, fault=only_at(SURFACES[name], lambda _call: FAILURE))
    found = [reading.result for reading in readings(audited, name)]
    assert found
    assert all(isinstance(result, Unread) and str(result.reason).endswith(".") for result in found)
    documented = SURFACES[name].standing is Standing.DOCUMENTED
    if account.books.get("asset/balances") or account.books.get("account/balance"):
        assert Verdict.BLOCKED == audited.report.verdict
    elif documented:
        assert Verdict.INCOMPLETE == audited.report.verdict
    else:
        assert (Verdict.CLEAN, True) == (audited.report.verdict, f"unread-bare-{name}" in by_eye(audited.report))


def by_eye(report: Report) -> set[str]:
    return {line.id for line in report.requirements if line.status is Status.MANUAL}
