"""The bench itself: an audit that reads one place anew ends as one that asks for everything."""

import random

import pytest

from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.samples import load_samples, sampled

SEED, SOME = 12, 1


def seen(audited: DemoAudit) -> tuple[object, ...]:
    """What an audit says, but for its times."""
    report = audited.report
    found = sorted((one.rule, one.account, one.surface, one.subject or "", str(one.amount)) for one in report.findings)
    read = sorted((r.surface, type(r.result).__name__) for a in audited.snapshot.accounts for r in a.readings)
    return report.verdict, found, read, [(line.id, line.status) for line in report.requirements]


@pytest.mark.slow("two audits each")
@pytest.mark.parametrize("exchange", sampled())
def test_an_audit_at_one_place_ends_as_an_audit_of_everything(shared: Bench, campaign: bool, exchange: str) -> None:
    samples = load_samples(exchange)
    places = samples.holding_places if campaign else random.Random(SEED).sample(samples.holding_places, SOME)
    for place in places:
        accounts, options = samples.holding(place), samples.options(place)
        shared.audit_at(place, *samples.asked(place), options=options)  # now it has something to remember
        assert seen(shared.audit(*accounts, options=options)) == seen(
            shared.audit_at(place, *accounts, options=options)
        ), place
