"""What the person has confirmed or muted: visible, counted, and never a reason to call anything clean."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.audit.report_builder import build_report
from auditor.formats import Sink, format_names, get_format
from auditor.formats.json_writer import document
from auditor.i18n import Translator
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import Report, Status, Verdict
from auditor.model.suppressions import Attestation, Decisions, Mute, apply_suppressions
from auditor.plan import make_plan
from auditor.settings import accounts_file as config_file
from tests import builders as b
from tests.plan.test_steps import report_of

TODAY = b.NOW.date()
P2P = Attestation(requirement="p2p", exchange="okx", by="Ada", on=TODAY, until=date(2026, 8, 1))
MUTED = Mute(rule="open-order", reason="it expires by itself", until=date(2026, 8, 1))


def status(report: Report, name: str) -> tuple[Status, str]:
    (line,) = [line for line in report.requirements if line.id == name]
    return line.status, str(line.title)


def test_a_manual_requirement_can_be_confirmed() -> None:
    found, title = status(apply_suppressions(report_of(), Decisions(attests=(P2P,))), "p2p")

    assert found is Status.ATTESTED
    assert title.endswith("(confirmed by Ada on 2026-07-01, until 2026-08-01)")


def test_what_was_confirmed_is_out_of_the_plan() -> None:
    before, after = report_of(), apply_suppressions(report_of(), Decisions(attests=(P2P,)))

    assert (
        sum(len(step.todo) for step in make_plan(before).steps) == sum(len(s.todo) for s in make_plan(after).steps) + 1
    )


@pytest.mark.parametrize(
    "attest",
    [
        Attestation(requirement="p2p", exchange="okx", by="Ada", on=date(2026, 6, 1), until=date(2026, 6, 30)),
        Attestation(requirement="p2p", exchange="okx", by="Ada", on=date(2026, 7, 2), until=date(2026, 8, 1)),
        Attestation(requirement="p2p", exchange="okxus", by="Ada", on=TODAY, until=date(2026, 8, 1)),
    ],
)
def test_a_confirmation_counts_in_its_time_and_place_only(attest: Attestation) -> None:
    assert status(apply_suppressions(report_of(), Decisions(attests=(attest,))), "p2p")[0] is Status.MANUAL


@pytest.mark.parametrize("name", ["balances-zero", "nothing-open"])
def test_what_the_audit_reads_cannot_be_confirmed(name: str) -> None:
    attest = Attestation(requirement=name, exchange="okx", by="Ada", on=TODAY, until=TODAY)
    report = build_report(b.snapshot(b.unread()), now=b.NOW)

    assert status(apply_suppressions(report, Decisions(attests=(attest,))), name)[0] is Status.UNKNOWN


def test_a_muted_finding_stays_and_blocks() -> None:
    report = apply_suppressions(report_of(b.order()), Decisions(mutes=(MUTED,)))

    (finding,) = report.findings
    assert (finding.muted, report.verdict) == (True, Verdict.BLOCKED)
    assert str(finding.message).endswith("(muted until 2026-08-01: it expires by itself)")


@pytest.mark.parametrize(
    "mute",
    [
        Mute(rule="open-order", reason="x", until=date(2026, 6, 30)),
        Mute(rule="open-position", reason="x", until=date(2026, 8, 1)),
        Mute(rule="open-order", reason="x", until=date(2026, 8, 1), account="second"),
        Mute(rule="open-order", reason="x", until=date(2026, 8, 1), subject="o2"),
    ],
)
def test_what_a_mute_does_not_cover_is_not_muted(mute: Mute) -> None:
    (finding,) = apply_suppressions(report_of(b.order()), Decisions(mutes=(mute,))).findings

    assert not finding.muted


@pytest.mark.parametrize("area", [Area.BALANCES, Area.ORDERS, Area.SUBACCOUNTS])
def test_no_decision_turns_what_was_not_read_into_clean(area: Area) -> None:
    everything = tuple(
        Attestation(requirement=line.id, exchange="okx", by="Ada", on=TODAY, until=TODAY)
        for line in report_of().requirements
    )
    mutes = tuple(Mute(rule=rule, reason="x", until=TODAY) for rule in ("sub-account-unseen", "balance-left"))
    nothing = [b.reading(area=each, surface=f"{each}-empty") for each in Area]
    report = build_report(b.snapshot(*nothing, b.unread(area=area)), now=b.NOW)

    after = apply_suppressions(report, Decisions(attests=everything, mutes=mutes))

    assert Verdict.INCOMPLETE is report.verdict
    assert [report.verdict] == [after.verdict, *(account.verdict for account in after.accounts)][:1]
    assert after.accounts == report.accounts


@pytest.mark.parametrize("form", sorted({*format_names()} - {"ics"}))
def test_every_format_but_a_list_of_dates_shows_what_is_muted(form: str) -> None:
    report = apply_suppressions(report_of(b.order()), Decisions(mutes=(MUTED,)))

    assert "it expires by itself" in " ".join(get_format(form).render(report, Sink(width=200, details=True)).split())


def test_the_json_says_muted_and_attested() -> None:
    values: Any = document(
        apply_suppressions(report_of(b.order()), Decisions(attests=(P2P,), mutes=(MUTED,))), Translator()
    )

    assert [finding["muted"] for finding in values["findings"]] == [True]
    assert "attested" in {line["status"] for line in values["requirements"]}


ACCOUNT = '[[accounts]]\nname = "main"\nexchange = "okx"\napikey = "env:A"\nsecret = "env:B"\npassword = "env:C"\n'
ATTEST = '[[attest]]\nrequirement = "p2p"\nexchange = "okx"\nby = "Ada"\non = 2026-07-01\nuntil = 2026-08-01\n'
MUTE = '[[mute]]\nrule = "open-order"\nreason = "it expires by itself"\nuntil = 2026-08-01\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "accounts.toml"
    path.write_text(ACCOUNT + text)
    return path


def test_decisions_stand_in_the_configuration_file(tmp_path: Path) -> None:
    path = written(tmp_path, ATTEST + MUTE)

    assert Decisions(attests=(P2P,), mutes=(MUTED,)) == config_file.decisions(path, lambda: {"open-order"})
    assert len(config_file.load(path)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ATTEST.replace("p2p", "p2pp"), "Unknown requirement 'p2pp'. Did you mean p2p?"),
        (ATTEST.replace("p2p", "balances-zero"), "nobody can confirm it"),
        (ATTEST.replace('by = "Ada"\n', ""), "attest.1.by: it is missing"),
        (ATTEST.replace("2026-08-01", "2026-06-01"), "until lies before on"),
        (ATTEST.replace('"okx"', '"okxx"'), "Did you mean okx"),
        (MUTE.replace('reason = "it expires by itself"\n', ""), "mute.1.reason: it is missing"),
        (MUTE.replace("2026-08-01", '"tomorrow"'), "mute.1.until: write it as a date"),
        (MUTE + "forever = true\n", "mute.1.forever: there is no such key"),
    ],
)
def test_a_faulty_decision_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError) as problem:
        config_file.load(written(tmp_path, text))

    assert told in str(problem.value)


def test_a_muted_rule_that_does_not_exist_is_told_with_the_file_and_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, MUTE.replace("open-order", "open-orders"))

    with pytest.raises(UserError) as problem:
        config_file.decisions(path, lambda: {"open-order"})

    assert f"{path}: Unknown rule 'open-orders'. Did you mean open-order?" == str(problem.value)
