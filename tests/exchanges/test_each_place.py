"""Each place of every table by itself: it alone holds something, it alone cannot be read, and the demo answers it."""

import pytest

from auditor.demo import Reply
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Reading, Standing, Unread
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.findings import blockers, manual_lines, readings, sentences
from tests.exchanges.places import area_of, table
from tests.exchanges.samples import load_samples, sampled
from tests.fault_injection.answers import UNKNOWN_CODE, load_faults

EXCHANGES = sampled()
SAMPLES = [(exchange, name) for exchange in EXCHANGES for name in load_samples(exchange).samples]
WIDER = [(exchange, name) for exchange, name in SAMPLES if load_samples(exchange).samples[name].wider]
UNREADABLE = [(exchange, name) for exchange in EXCHANGES for name in load_samples(exchange).unreadable]
PLACES = [(exchange, name) for exchange in EXCHANGES for name in load_samples(exchange).described]
OTHERS = [(exchange, name) for exchange, name in PLACES if not table(exchange).says_whose_of(name)]
FOR_SOME = [(exchange, name) for exchange, name in PLACES if table(exchange).surfaces[name].manual_check.some_accounts]


def is_unfilled(exchange: str, place: str) -> bool:
    """Whether no sample puts anything there: it holds nothing of the user's, or asks about the key or the exchange."""
    return place not in table(exchange).surfaces or place in load_samples(exchange).holds_nothing


UNFILLED = [
    (exchange, name) for exchange in EXCHANGES for name in table(exchange).places if is_unfilled(exchange, name)
]


def audit_holding(shared: Bench, exchange: str, place: str) -> DemoAudit:
    """An audit of an account that holds something at this place alone."""
    samples = load_samples(exchange)
    return shared.audit_at(place, *samples.holding(place), options=samples.options(place))


def audit_failing(shared: Bench, exchange: str, place: str, reply: Reply) -> DemoAudit:
    """An audit in which this place alone is answered with ``reply``."""
    samples, fault = load_samples(exchange), table(exchange).only_at(place, lambda _call: reply)
    return shared.audit_at(place, *samples.asked(place), options=samples.options(place), fault=fault)


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), SAMPLES)
def test_a_place_that_alone_holds_something_blocks_and_is_told_in_the_users_words(
    shared: Bench, exchange: str, place: str
) -> None:
    audited, samples = audit_holding(shared, exchange, place), load_samples(exchange)
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, place in blockers(audited))
    assert blockers(audited) <= {place, *samples.totals, *samples.samples[place].also}
    told = sentences(audited.report, place)
    assert [] != [sentence for sentence in told if samples.words[place].casefold() in sentence.casefold()], told
    assert 200 in statuses(audited, exchange, place)


def statuses(audited: DemoAudit, exchange: str, place: str) -> list[int | None]:
    """The HTTP status of each answer that the demo gave at this place."""
    return [call.status for call in audited.calls if table(exchange).is_asked(place, call)]


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), UNREADABLE)
def test_rows_that_nobody_can_read_are_a_line_to_look_at_by_eye(shared: Bench, exchange: str, place: str) -> None:
    audited = audit_holding(shared, exchange, place)
    assert unread_line(exchange, place) in manual_lines(audited.report)
    assert 200 in statuses(audited, exchange, place)


def unread_line(exchange: str, place: str) -> str:
    return f"unread-{load_samples(exchange).bare.name}-{place}"


@pytest.mark.parametrize(("exchange", "place"), WIDER)
def test_what_a_reading_key_may_not_ask_is_a_line_to_look_at_by_eye(shared: Bench, exchange: str, place: str) -> None:
    audited = shared.audit(load_samples(exchange).bare, afresh=())
    assert (Verdict.CLEAN, True) == (
        audited.report.verdict,
        unread_line(exchange, place) in manual_lines(audited.report),
    )


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), OTHERS)
def test_a_place_that_alone_cannot_be_read_leaves_the_account_unproved(
    shared: Bench, exchange: str, place: str
) -> None:
    audited = audit_failing(shared, exchange, place, load_faults(exchange).codes[UNKNOWN_CODE])
    found = [reading.result for reading in readings(audited, place)]
    assert found
    assert all(isinstance(result, Unread) and str(result.reason).endswith(".") for result in found)
    if blockers(audited):
        assert load_samples(exchange).holds_nothing[place].left
    elif table(exchange).is_documented(place) or not table(exchange).exchange.complete:
        assert Verdict.INCOMPLETE == audited.report.verdict
    else:
        lines = {line for line in manual_lines(audited.report) if line.endswith(f"-{place}")}
        depending = {one.surface for one in unread_documented(audited)} - {place}
        assert (not depending, True) == (audited.report.verdict is Verdict.CLEAN, bool(lines))


def unread_documented(audited: DemoAudit) -> list[Reading]:
    """Places whose being unread leaves an account unproved."""
    found = (reading for account in audited.snapshot.accounts for reading in account.readings)
    return [r for r in found if isinstance(r.result, Unread) and r.standing is Standing.DOCUMENTED]


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), FOR_SOME)
def test_what_is_for_some_accounts_only_must_answer_or_refuse_to_be_done_with(
    shared: Bench, exchange: str, place: str
) -> None:
    audited = audit_failing(shared, exchange, place, load_faults(exchange).transient)
    assert Verdict.INCOMPLETE == audited.report.verdict


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), UNFILLED)
def test_the_demo_answers_a_place_that_no_sample_fills(shared: Bench, exchange: str, place: str) -> None:
    """Places that a sample fills were seen to be answered; here are the others, and the questions about the key."""
    samples = load_samples(exchange)
    audited = shared.audit_at(place, *samples.asked(place), options=samples.options(place))
    assert is_answered(audited, exchange, place)


def is_answered(audited: DemoAudit, exchange: str, place: str) -> bool:
    """Whether the demo gave an answer, or the refusal that the table expects there."""
    surface = table(exchange).surfaces.get(place)
    if surface is None:
        # Of the further questions about a key, some are for accounts of another kind.
        further = [name for name in table(exchange).places if name.startswith("key-") and name != "key-kind"]
        return any(statuses(audited, exchange, one) for one in (further if place in further else [place]))
    results = [reading.result for reading in readings(audited, place)]
    codes = {*surface.manual_check.codes, *surface.never_used.codes}
    return bool(results) and all(isinstance(result, Read) or result.code in codes for result in results)
