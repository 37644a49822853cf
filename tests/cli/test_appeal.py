"""The letter to the exchange's support."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from auditor.audit.report_builder import build_report
from auditor.formats import Sink
from auditor.formats.appeal_letter import TOPICS, LetterRequest, check, render
from auditor.i18n import Translator, _, sentences, verbatim
from auditor.model.errors import UserError
from auditor.model.records import Area, Record
from auditor.model.report import Report
from auditor.model.snapshot import Environment, Key, Trouble, Unread
from auditor.security.redaction import SECRETS
from tests import builders as b
from tests.cli.conftest import Cli, FakeAudit
from tests.plan.test_steps import report_of

STUCK = b.flow("512.5", "USDT", subject="71501", stuck=True, reason="frozen by the exchange")


def letter(*records: Record, error: str | None = None, about: tuple[str, ...] = (), **account: Any) -> str:
    return render(LetterRequest(error=error, about=about), report_of(*records, **account), Sink())


def test_a_letter_has_the_uid_the_error_what_was_checked_and_what_is_asked() -> None:
    said = letter(error="You still have assets (code 1234)")

    assert "Subject: Closing my account, UID 42" in said
    assert 'Your system refuses it and shows: "You still have assets (code 1234)"' in said
    assert "On 1 Jul 2026, 10:00 UTC I checked every product that your API shows. I found nothing left in it." in said
    assert "Please close the account, or tell me exactly what still prevents it" in said


def test_a_letter_claims_no_more_than_was_checked() -> None:
    lost = b.unread(area=Area.ORDERS)
    report = build_report(b.snapshot(lost, b.reading(STUCK)), now=b.NOW)

    said = render(LetterRequest(), report, Sink())

    assert "On 1 Jul 2026, 10:00 UTC I checked it through your API." in said


def test_a_movement_is_named_by_its_number_date_network_hash_and_amount() -> None:
    row = {"depId": "71501", "chain": "USDT-TRC20", "txId": "abc123"}

    said = letter(replace(STUCK, direction="deposit", row=row))

    assert said.partition("\n1. ")[2].splitlines()[:6] == [
        "Deposit no. 71501: 512.5 USDT",
        "   Date: 1 Jul 2026, 10:00 UTC",
        "   Network: USDT-TRC20",
        "   Transaction hash: abc123",
        "   Status: frozen by the exchange",
        "   Please complete or return this deposit and tell me when to expect it, or tell me what you need from me.",
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"id": 9, "network": "TRX", "txid": "h"},
        {"wdId": "9", "chain": "TRX", "txId": "h"},
        {"id": "9", "chain": "TRX", "walletTxId": "h"},
    ],
)
def test_a_movement_is_named_alike_whatever_the_exchange_calls_its_fields(row: dict[str, Any]) -> None:
    said = letter(replace(STUCK, row=row))

    assert "1. Withdrawal no. 9: 512.5 USDT" in said
    assert "   Network: TRX\n   Transaction hash: h\n" in said


def test_what_a_movement_does_not_have_is_not_named() -> None:
    said = letter(replace(STUCK, row={"txId": ""}, started_at=None))

    assert "1. Withdrawal: 512.5 USDT\n   Status: frozen by the exchange\n" in said


@pytest.mark.parametrize(
    ("record", "asks"),
    [
        (
            b.balance("1", parts={"frozen": "1"}),
            "1. Funding wallet: 1 BTC\n   Nothing in my account explains the frozen",
        ),
        (STUCK, "Please complete or return this withdrawal"),
        (b.balance("0.000001", "GONE"), "1. Funding wallet: 0.000001 GONE\n   It has no market any more."),
        (b.restriction(), '1. OKX restricts my account: "restricted from trading" (code 50027)\n   Please lift'),
    ],
)
def test_each_trouble_is_asked_for_in_its_own_words(record: Record, asks: str) -> None:
    assert asks in letter(record, b.market(), b.network("OTHER"))


def test_a_refused_place_is_told_in_the_exchanges_own_words_alone() -> None:
    said = _("The exchange said: {message} (HTTP {status}).").format(message="Not allowed here", status=200)
    reason = sentences(said, verbatim("Write to its support."))
    refused = b.unread(
        Trouble.RESTRICTED, "50027", result=Unread(reason=reason, trouble=Trouble.RESTRICTED, code="50027")
    )

    text = render(LetterRequest(), build_report(b.snapshot(refused), now=b.NOW), Sink())

    assert '1. OKX restricts my account: "Not allowed here" (code 50027)\n' in text


@pytest.mark.parametrize("topic", TOPICS)
def test_what_no_check_sees_can_be_added(topic: str) -> None:
    assert TOPICS[topic] in letter(about=(topic,))


def test_support_is_not_told_what_it_need_not_know() -> None:
    own, _ruler, said = letter(STUCK, b.order(), b.balance("31", "ETH"), b.market("ETH/USDT")).partition("----")

    assert ["ETH", "order", "flow-stuck", "audit"] == [
        word for word in ("ETH", "order", "flow-stuck", "audit") if word not in said
    ]
    assert "2 items yourself. See: audit plan" in own


def test_where_support_can_solve_nothing_there_is_no_letter() -> None:
    assert [
        "main: nothing here needs OKX's support, so there is no letter to write.",
        "You can clear 2 items yourself. See: audit plan",
    ] == letter(b.order(), b.bot()).splitlines()


def test_where_nothing_could_be_checked_there_is_no_letter() -> None:
    key = Key(rights=("trade",), readonly=False, ip_bound=True)
    report = build_report(b.snapshot(key=key, refused=verbatim("It may trade.")), now=b.NOW)

    assert "main: nothing could be checked" in render(LetterRequest(), report, Sink())


def test_what_the_exchange_shows_is_always_worth_a_letter() -> None:
    assert 'shows: "no"' in letter(b.order(), error="no")


def test_the_user_is_told_what_to_attach_and_never_a_secret() -> None:
    notes, _ruler, said = letter(STUCK, error="no", about=("identity",)).partition("----")

    assert "Attach a screenshot of the message" in notes
    assert "An HTML report shows all your balances" in notes
    assert "nobody" not in said
    assert "nobody at OKX asks for a password, a code, an API key or a seed phrase" in notes


def test_times_are_in_utc_wherever_the_user_is() -> None:
    far_away = Sink(translate=Translator(zone=ZoneInfo("Asia/Shanghai")))

    assert "Date: 1 Jul 2026, 10:00 UTC" in render(LetterRequest(), report_of(STUCK), far_away)


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
    assert "Subject: Closing my account, UID 42" in (here / "letter.txt").read_text()
    assert not (here / "dust.csv").exists()


def test_the_option_means_the_same_before_the_command(cli: Cli, stuck: Report) -> None:
    assert cli("--error", "x", "--demo", "messy", "appeal") == cli("appeal", "--demo", "messy", "--error", "x")


@pytest.mark.parametrize("command", ["plan", "appeal"])
def test_the_demo_needs_no_key(command: str, cli: Cli, stuck: Report) -> None:
    assert cli(command, "--demo", "messy").code == 1
    assert cli(command, "--demo", "nobody").err.startswith("audit: Unknown demo account 'nobody'")
    assert (
        "--demo brings an exchange and an account of its own"
        in cli(command, "--demo", "messy", "--exchange", "okx").err
    )


@pytest.mark.parametrize(("form", "start"), [("terminal", "main: OKX"), ("markdown", "## Plan"), ("json", "{\n")])
def test_the_plan_has_three_forms(cli: Cli, stuck: Report, form: str, start: str) -> None:
    ran = cli("plan", "--exchange", "okx", "--format", form)

    assert ran.out.startswith(start)
    assert "contact support now" in ran.out.lower()


def test_the_plan_has_no_other_form(cli: Cli) -> None:
    assert "A plan has no form 'csv'" in cli("plan", "--exchange", "okx", "--format", "csv").err
