import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from auditor import formats
from auditor.assessment.verdict import judge_account, overall_verdict, requirements
from auditor.formats.json_writer import document
from auditor.i18n import Translator, verbatim
from auditor.model.records import Area
from auditor.model.report import AccountReport, DustKind, DustLine, Finding, Report, Route, Severity, Tool
from auditor.model.snapshot import (
    AccountSnapshot,
    Environment,
    Key,
    NotApplicable,
    Read,
    Reading,
    Snapshot,
    Standing,
    Trouble,
    Unread,
)
from auditor.settings.exchange_facts import exchange_config

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
EMPTY = Read(records=(), rows=0, at=NOW)


def with_messages(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """``values``, in which texts of these names are somebody's words."""
    return {name: verbatim(value) if name in names and value else value for name, value in values.items()}


@dataclass(frozen=True)
class Maker:
    """Makes reports and their parts with as few words as a test needs."""

    now: datetime = NOW

    def reading(self, area: Area, result: Read | Unread | NotApplicable = EMPTY, **more: object) -> Reading:
        values: dict[str, Any] = {
            "surface": f"{area}-surface",
            "title": f"The {area} page",
            "standing": Standing.DOCUMENTED,
            "endpoint": f"GET {area}",
            **more,
        }
        return Reading(area=area, result=result, **values)

    def everything_read(self) -> list[Reading]:
        return [self.reading(area) for area in Area]

    def unread(self, reason: str = "The exchange did not answer.", **more: Any) -> Unread:
        return Unread(reason=verbatim(reason), trouble=Trouble.NETWORK, **more)

    def account(self, readings: Sequence[Reading] | None = None, **more: object) -> AccountSnapshot:
        values: dict[str, Any] = {
            "name": "main",
            "exchange": "okx",
            "environment": Environment.LIVE,
            "host": "www.okx.com",
            "uid": "4242",
            "main_uid": "4242",
            "kind": "main",
            "mode": "1",
            "key": Key(rights=("read_only",), readonly=True, ip_bound=False),
            "readings": tuple(self.everything_read() if readings is None else readings),
            "confirmed_at": NOW,
            **more,
        }
        return AccountSnapshot(**with_messages(values, "refused"))

    def finding(self, area: Area = Area.BALANCES, **more: object) -> Finding:
        values: dict[str, Any] = {
            "rule": "balance-left",
            "severity": Severity.BLOCKER,
            "account": "main",
            "surface": "funding",
            "subject": "BTC",
            "message": "The funding account holds 0.1 BTC.",
            "remedy": "Sell it, or withdraw it to a wallet of yours.",
            **more,
        }
        return Finding(area=area, **with_messages(values, "message", "remedy"))

    def dust(self, **more: object) -> DustLine:
        values: dict[str, Any] = {
            "exchange": "okx",
            "account": "main",
            "wallet": "funding",
            "asset": "DOGE",
            "amount": Decimal("0.00000001"),
            "value_usd": Decimal("0.00"),
            "kind": DustKind.BELOW_MINIMUM,
            "best_market": "DOGE-USDT",
            "min_amount": Decimal(10),
            "min_notional": None,
            "lot_size": Decimal("0.01"),
            "shortfall": Decimal("9.99999999"),
            "convertible": True,
            "min_withdrawal": Decimal(4),
            "withdrawal_fee": Decimal("0.4"),
            "network": "DOGE-Dogecoin",
            "route": Route.CONVERT,
            "reason": "Every live market asks for more.",
            "as_of": NOW,
            **more,
        }
        return DustLine(**with_messages(values, "reason"))

    def report(
        self,
        *accounts: AccountSnapshot,
        findings: Sequence[Finding] = (),
        dust: Sequence[DustLine] = (),
    ) -> Report:
        given = accounts or (self.account(),)
        snapshot = Snapshot(accounts=given, started_at=NOW, finished_at=NOW)
        configs = {account.exchange: exchange_config(account.exchange) for account in given}
        judged = tuple(AccountReport(snapshot=one, verdict=judge_account(one, findings)) for one in given)
        return Report(
            generated_at=NOW,
            confirmed_at=None,
            tool=Tool(version="0.1.0", ccxt="4.5.90", config_sha256="0" * 64),
            verdict=overall_verdict(one.verdict for one in judged),
            accounts=judged,
            requirements=requirements(snapshot, findings, configs),
            findings=tuple(findings),
            dust=tuple(dust),
        )


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def clean_report(make: Maker) -> Report:
    absent = NotApplicable(reason=verbatim("Never used."), source="documentation")
    unused = make.reading(Area.EARN, absent, surface="staking")
    return make.report(make.account([*make.everything_read(), unused]))


@pytest.fixture
def incomplete_report(make: Maker) -> Report:
    lost = [
        make.reading(Area.ORDERS, make.unread(), surface="algo-trigger", title="Trigger orders"),
        make.reading(Area.ORDERS, make.unread(), surface="algo-chase", title="Chase orders"),
        make.reading(
            Area.POSITIONS,
            make.unread("The key lacks a right.", code="50120", right="Read"),
            surface="positions",
            title="Open positions",
        ),
        make.reading(
            Area.EARN,
            make.unread("No such page (HTTP 404).", code="404"),
            surface="fixed",
            title="Fixed-term Simple Earn",
            standing=Standing.UNDOCUMENTED,
        ),
    ]
    return make.report(make.account([*make.everything_read(), *lost]))


@pytest.fixture
def refused_report(make: Maker) -> Report:
    key = Key(rights=("read_only", "trade"), readonly=False, ip_bound=True)
    refused = "This key can do more than read: untick Trade, or make a new key."
    return make.report(make.account([], key=key, refused=refused))


@pytest.fixture
def messy_report(make: Maker) -> Report:
    demo = make.account(
        [*make.everything_read(), make.reading(Area.FLOWS, make.unread(), surface="fiat", title="Fiat deposits")],
        environment=Environment.DEMO,
        host="127.0.0.1:4000",
    )
    return make.report(demo, findings=_mess(make), dust=_crumbs(make))


def _mess(make: Maker) -> list[Finding]:
    sell = "Sell it on the spot market, or withdraw it to a wallet of yours."
    balances = [
        make.finding(
            subject=asset,
            wallet="funding",
            asset=asset,
            amount=Decimal(amount),
            value_usd=Decimal(usd),
            message=f"The funding account holds {amount} {asset}.",
            remedy=sell,
        )
        for asset, amount, usd in [("BTC", "0.52", "31200.00"), ("USDT", "1204.5", "1204.50"), ("SHIB", "7", "0.00")]
    ]
    return [
        *balances,
        make.finding(
            rule="frozen-balance",
            severity=Severity.WARNING,
            subject="ETH",
            message="2.5 ETH of the trading account are frozen: order 881726354 holds 2, bot 7766 holds 0.5.",
            remedy="Clear what freezes it; the balance comes free by itself.",
        ),
        make.finding(
            Area.BOTS,
            rule="recurring-plan",
            surface="recurring",
            subject="991",
            message="A recurring buy of BTC runs and will buy again on 2026-07-02 00:00 UTC.",
            remedy="Stop it in Trading bots, Recurring buy, before anything else.",
        ),
        make.finding(
            Area.EARN,
            rule="redemption-under-way",
            surface="staking",
            subject="12",
            message="12 SOL are being redeemed from SOL staking.",
            remedy="Wait: it is paid out by itself.",
            ready_at=datetime(2026, 7, 4, 16, 0, tzinfo=UTC),
        ),
        make.finding(
            Area.STATUS,
            rule="key-not-bound",
            severity=Severity.INFO,
            surface="config",
            subject="key",
            message="The key is not bound to an IP address.",
            remedy="",
        ),
    ]


def _crumbs(make: Maker) -> list[DustLine]:
    return [
        make.dust(),
        make.dust(
            asset="LUNC",
            wallet="trading",
            amount=Decimal("153.000000000000000001"),
            value_usd=None,
            kind=DustKind.NO_MARKET,
            best_market=None,
            min_amount=None,
            lot_size=None,
            shortfall=None,
            convertible=None,
            route=Route.SUPPORT,
            reason="No market trades it.",
        ),
    ]


HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "[bold]loud[/bold]",
    "two\nlines\r\ttabbed",
    "\u202egnp.exe",
    "\ud800",
    "NA",
    "@SUM(A1)",
    "-2+3",
    "\u5e01\u5b89",
    "\x9b2J",
]


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hostile_report(make: Maker, hostile: str) -> Report:
    return hostile_everywhere(make, hostile)


@pytest.fixture
def all_hostile_report(make: Maker) -> Report:
    """Every hostile text in every place, an account each."""
    each = [hostile_everywhere(make, text) for text in HOSTILE]
    accounts = [account.snapshot for report in each for account in report.accounts]
    findings = [finding for report in each for finding in report.findings]
    return make.report(*accounts, findings=findings, dust=[dust for report in each for dust in report.dust])


def hostile_everywhere(make: Maker, text: str) -> Report:
    lost = make.reading(Area.FLOWS, make.unread(text, code=text, right=text), title=text, surface=text, owner=text)
    by_eye = replace(lost, standing=Standing.UNDOCUMENTED)
    account = make.account([*make.everything_read(), lost, by_eye], name=text, uid=text, host=text)
    finding = make.finding(
        account=text,
        rule=text,
        subject=text,
        asset=text,
        wallet=text,
        owner=text,
        message=text,
        remedy=text,
        amount=Decimal("-0.5"),
        evidence={text: [text]},
    )
    dust = make.dust(account=text, asset=text, wallet=text, network=text, reason=text, amount=Decimal("-0.5"))
    return make.report(account, findings=[finding], dust=[dust])


@pytest.fixture
def schema() -> dict[str, Any]:
    text = Path(formats.__file__).with_name("report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.fixture
def errors_in(schema: dict[str, Any]) -> Callable[[Report], list[str]]:
    """What the contract's schema has against a report's JSON."""
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    return lambda report: [error.message for error in validator.iter_errors(document(report, Translator()))]
