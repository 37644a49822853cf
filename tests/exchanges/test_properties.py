"""At every exchange: nothing more makes an account cleaner, nothing that fails does, and no digit is lost."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.demo import Account, Call, Fault, Reply
from auditor.formats import Sink, get_format
from auditor.formats.dust_csv import dust_csv
from auditor.i18n import Translator
from auditor.model.records import Area
from auditor.model.report import Report, Verdict
from tests.conftest import DemoAudit, few_examples
from tests.exchanges.bench import Bench
from tests.exchanges.places import table
from tests.exchanges.samples import GAP, load_samples, sampled

FEW = few_examples()
EXCHANGES = sampled()
RANK = {Verdict.CLEAN: 0, Verdict.INCOMPLETE: 1, Verdict.BLOCKED: 2}
FIGURES = st.from_regex(r"\A(0|[1-9][0-9]{0,24})\.[0-9]{0,14}[1-9]\Z")
EXACT = [exchange for exchange in EXCHANGES if load_samples(exchange).exact]


def wallets(exchange: str) -> list[str]:
    """Wallets with a sample that show more than what the others hold."""
    samples = load_samples(exchange)
    balances = (one.id for one in table(exchange).surfaces.values() if one.area is Area.BALANCES)
    return [name for name in balances if name in samples.samples and name not in samples.totals]


def together(exchange: str) -> list[str]:
    """Places whose samples may be held at once: none needs anything beside it, none only adds up the others."""
    samples = load_samples(exchange)
    found = {name for name, sample in samples.samples.items() if not (sample.beside or sample.mode or sample.wider)}
    return sorted(found - samples.totals)


def documented(exchange: str) -> list[str]:
    """Places without which the account is unproved."""
    return sorted(name for name in table(exchange).surfaces if table(exchange).is_documented(name))


TOGETHER = [exchange for exchange in EXCHANGES if together(exchange)]
PROVED = [exchange for exchange in TOGETHER if documented(exchange)]


def holding(exchange: str, names: Iterable[str]) -> Account:
    samples = load_samples(exchange)
    return samples.account(*(samples.samples[name].books for name in sorted(names)))


def audited(shared: Bench, exchange: str, account: Account, place: str, fault: Fault | None = None) -> Report:
    return shared.audit_at(place, account, fault=fault).report


@pytest.mark.parametrize("exchange", TOGETHER)
@FEW
@given(st.data())
def test_one_thing_more_never_moves_a_verdict_towards_clean(shared: Bench, exchange: str, data: st.DataObject) -> None:
    held = data.draw(st.sets(st.sampled_from(together(exchange)), max_size=2))
    more = data.draw(st.sampled_from(together(exchange)))
    accounts = holding(exchange, held), holding(exchange, held | {more})
    before, after = (audited(shared, exchange, account, more).verdict for account in accounts)
    assert RANK[before] <= RANK[after]


@pytest.mark.parametrize("exchange", PROVED)
@FEW
@given(st.data())
def test_a_place_that_fails_never_moves_a_verdict_to_clean(shared: Bench, exchange: str, data: st.DataObject) -> None:
    held = data.draw(st.sets(st.sampled_from(together(exchange)), max_size=2))
    failing = data.draw(st.sampled_from(documented(exchange)))
    account = holding(exchange, held)
    fault = table(exchange).only_at(failing, lambda _call: Reply(status=500, body={}))
    before = audited(shared, exchange, account, failing).verdict
    after = audited(shared, exchange, account, failing, fault)
    unread = any(reading.surface == failing for one in after.accounts for reading in one.unread)
    assert (after.verdict is Verdict.CLEAN) <= (before is Verdict.CLEAN and not unread)
    if held - {failing}:
        assert RANK[Verdict.INCOMPLETE] <= RANK[after.verdict]


def with_figure(shared: Bench, exchange: str, figure: str, *, quoted: bool) -> DemoAudit:
    """An audit of an account whose exact wallets hold ``figure``, which the exchange sends as a text or as a number."""
    samples = load_samples(exchange)
    account = samples.account(*samples.exact.values())
    put = f'"{figure}"' if quoted else figure
    fault = Reply(edit=lambda body: json.dumps(body).replace(f'"{GAP}"', put))
    return shared.audit_at(wallets(exchange)[0], account, fault=lambda _call: fault)


def amounts_of(report: Report, wallet: str) -> set[str]:
    """The amounts of LTC in a wallet, as the JSON report writes them."""
    printed: Any = json.loads(get_format("json").render(report, Sink()))
    lines = (line for line in printed["findings"] if line["wallet"] == wallet and line["asset"] == "LTC")
    return {line["amount"] for line in lines}


@pytest.mark.parametrize("exchange", EXACT)
@FEW
@given(FIGURES, st.booleans())
@example("0.00000001", True)
@example("9" * 40 + ".00000000000000000000001", True)
@example("1" + "0" * 30 + ".5", False)
def test_an_amount_goes_from_the_wire_to_json_digit_for_digit(
    shared: Bench, exchange: str, figure: str, quoted: bool
) -> None:
    report = with_figure(shared, exchange, figure, quoted=quoted).report
    wallets = load_samples(exchange).exact
    assert {wallet: {figure} for wallet in wallets} == {wallet: amounts_of(report, wallet) for wallet in wallets}


@pytest.mark.parametrize("exchange", EXACT)
@FEW
@given(st.integers(1, 10**6))
def test_dust_goes_from_the_wire_to_its_csv_digit_for_digit(shared: Bench, exchange: str, units: int) -> None:
    figure = f"0.{units:018d}"
    report = with_figure(shared, exchange, figure, quoted=True).report
    lines = csv.DictReader(io.StringIO(dust_csv(report, Translator())))
    expected = {(wallet, "LTC", figure) for wallet in load_samples(exchange).exact}
    assert expected == {(line["wallet"], line["asset"], line["amount"]) for line in lines}


@pytest.mark.parametrize("exchange", [exchange for exchange in EXCHANGES if wallets(exchange)])
@FEW
@given(after=st.integers(1, 12))
def test_money_that_moves_between_two_readings_is_seen(shared: Bench, exchange: str, after: int) -> None:
    """Something arrives while an empty account is read: the audit shows it, or is not clean, or was over by then.

    It arrives before one of the answers that could show it; what stands elsewhere was asked before.
    """
    samples, wallet = load_samples(exchange), wallets(exchange)[0]
    (full,) = samples.holding(wallet)
    asked = [0]

    def arrive(_call: Call) -> None:
        asked[0] += 1
        if asked[0] == after:
            shared.put(full)

    done = shared.audit(samples.bare, fault=arrive, afresh=table(exchange).afresh(wallet, full))
    read = [number for number, call in enumerate(done.calls) if table(exchange).is_asked(wallet, call)]
    assert done.report.verdict is not Verdict.CLEAN or read[-1] < after
