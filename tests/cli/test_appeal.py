"""The letter to the exchange's support."""

from typing import Any

import pytest

from auditor.formats import Sink
from auditor.formats.appeal_letter import TOPICS, LetterRequest, check, render
from auditor.model.errors import UserError
from auditor.model.records import Record
from auditor.model.report import Report
from auditor.model.snapshot import Environment
from auditor.security.redaction import SECRETS
from tests import builders as b
from tests.cli.conftest import Cli, FakeAudit
from tests.plan.test_steps import report_of

STUCK = b.flow("512.5", "USDT", subject="71501", stuck=True, reason="frozen by the exchange")


def letter(*records: Record, error: str | None = None, about: tuple[str, ...] = (), **account: Any) -> str:
    return render(LetterRequest(error=error, about=about), report_of(*records, **account), Sink())


def test_a_letter_has_the_uid_the_error_what_was_tried_and_what_is_asked() -> None:
    said = letter(error="You still have assets (code 1234)")

    assert "Subject: closing of account uid 42" in said
    assert 'Your system refuses it and shows: "You still have assets (code 1234)"' in said
    assert "What I have tried: on 2026-07-01 10:00 UTC I read every part of it that your API shows, 9 of 9" in said
    assert "Nothing that blocks was found there." in said
    assert "close the account, or tell me exactly what still prevents it" in said


def test_what_is_left_stands_there_with_its_exact_amount() -> None:
    said = letter(STUCK)

    assert "- Funding wallet: withdrawal of 512.5 USDT since 2026-07-01 10:00 UTC" in said
    assert "- 71501 (USDT): complete this movement or return it, and tell me by when" in said


@pytest.mark.parametrize(
    ("record", "asks"),
    [
        (b.balance("1", parts={"frozen": "1"}), "release what is frozen, or tell me what holds it"),
        (STUCK, "complete this movement or return it"),
        (b.balance("0.000001", "GONE"), "which no market trades"),
        (b.restriction(), "lift the restriction"),
    ],
)
def test_each_trouble_is_asked_for_in_its_own_words(record: Record, asks: str) -> None:
    assert asks in letter(record, b.market(), b.network("OTHER"))


@pytest.mark.parametrize("topic", TOPICS)
def test_what_no_audit_sees_can_be_added(topic: str) -> None:
    assert TOPICS[topic] in letter(about=(topic,))


def test_support_is_not_told_what_it_need_not_know() -> None:
    said, _ruler, own = letter(STUCK, b.order(), b.balance("31", "ETH"), b.market("ETH/USDT")).partition("----")

    assert "ETH" not in said
    assert "open" not in said.split("What is left")[1].split("I ask you")[0]
    assert "2 things: audit plan" in own


def test_it_says_what_to_attach_and_never_a_secret() -> None:
    said = letter(STUCK, error="no", about=("identity",))

    assert said.count("\n- ", said.index("To attach:")) >= 4
    assert "transaction hash" in said
    assert "Nobody at OKX asks for a password, a code, an API key or a seed phrase." in said


def test_a_secret_in_the_error_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SECRETS, "_known", set())
    SECRETS.learn("planted-secret-9999")

    assert "planted-secret-9999" not in letter(error="key planted-secret-9999 refused")


def test_hostile_text_is_harmless() -> None:
    assert "\x1b" not in letter(error="\x1b[31mred")


def test_an_account_that_is_not_real_is_no_matter_for_support() -> None:
    assert "do not send this letter" in letter(environment=Environment.DEMO)
    assert "do not send this letter" not in letter()


def test_only_known_topics() -> None:
    with pytest.raises(UserError, match="lost-factor"):
        check(LetterRequest(about=("lost",)))


@pytest.fixture
def stuck(fake: FakeAudit) -> Report:
    fake.report = report_of(STUCK)
    return fake.report


def test_the_command_writes_the_letter_and_no_dust(cli: Cli, here: Any, stuck: Report) -> None:
    ran = cli("appeal", "--exchange", "okx", "--error", "refused", "--about", "locked", "--output", "letter.txt")

    assert (1, "") == (ran.code, ran.out)
    assert "Subject: closing of account uid 42" in (here / "letter.txt").read_text()
    assert not (here / "dust.csv").exists()


def test_the_option_means_the_same_before_the_command(cli: Cli, stuck: Report) -> None:
    assert cli("--error", "x", "--demo", "messy", "appeal") == cli("appeal", "--demo", "messy", "--error", "x")


@pytest.mark.parametrize("command", ["plan", "appeal"])
def test_the_demo_needs_no_key(command: str, cli: Cli, stuck: Report) -> None:
    assert cli(command, "--demo", "messy").code == 1
    assert cli(command, "--demo", "nobody").err.startswith("audit: Unknown demo account 'nobody'")
    assert "--demo goes with no choice" in cli(command, "--demo", "messy", "--exchange", "okx").err


@pytest.mark.parametrize(("form", "start"), [("terminal", "main: OKX"), ("markdown", "## Plan"), ("json", "{\n")])
def test_the_plan_has_three_forms(cli: Cli, stuck: Report, form: str, start: str) -> None:
    ran = cli("plan", "--exchange", "okx", "--format", form)

    assert ran.out.startswith(start)
    assert "contact support now" in ran.out.lower()


def test_the_plan_has_no_other_form(cli: Cli) -> None:
    assert "A plan has no form 'csv'" in cli("plan", "--exchange", "okx", "--format", "csv").err
