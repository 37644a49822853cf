"""An account at a regional site of Bybit, which serves neither Earn nor the overview of all accounts."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.audit.readings import surface_reading
from auditor.audit.report_builder import build_report
from auditor.demo import Account, Reply
from auditor.demo.bybit.endpoints import LISTS
from auditor.exchanges.registry import load
from auditor.formats import Sink, get_format
from auditor.formats.terminal.summary import meaning
from auditor.i18n import _
from auditor.i18n.translator import Translator
from auditor.model.account import Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import Status, Verdict
from auditor.model.snapshot import Doubt, Standing, Trouble, Unread
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.origins import addresses
from auditor.spec.surface import Surface
from tests.conftest import DemoAudit, configured_account
from tests.exchanges.bybit.bare import BARE, CELLAR, KEPT, MESSY
from tests.exchanges.findings import blockers, manual_lines, readings

REGIONAL, LINE = ("bybiteu", "bybitid"), "not-shown-on-this-site"
OVERVIEW, POSITION = "/v5/asset/asset-overview", "/v5/earn/position"
NOT_GLOBAL, UNSERVED = "180004", "10017"
"""How Earn is refused to accounts of a regional site; how the overview is, Bybit does not say."""
EARN_PATHS = ("/v5/earn/token/position", *(path for _method, path in LISTS if path.startswith("/v5/earn/")))
REFUSED: Mapping[str, Trouble] = {
    "10005": Trouble.PERMISSION,
    "180003": Trouble.RESTRICTED,
    "180010": Trouble.EXCHANGE,
    "10024": Trouble.REGION,
    "10000": Trouble.NETWORK,
}
LOST = Doubt(reason=_("It broke off."), trouble=Trouble.NETWORK)


def at_the_site(account: Account) -> Account:
    """Return the account as a regional site answers it."""
    return replace(account, refuses={**dict.fromkeys(EARN_PATHS, _refusal(NOT_GLOBAL)), OVERVIEW: _refusal(UNSERVED)})


def _refusal(code: str) -> Reply:
    return Reply(200, {"retCode": int(code), "retMsg": "", "result": {}, "retExtInfo": {}, "time": 0})


MAIN, SUB = at_the_site(replace(BARE, books={**BARE.books, **KEPT})), at_the_site(CELLAR)


def audit(*accounts: Account) -> DemoAudit:
    """Audit accounts as those of Bybit EU."""
    with demo.serve(accounts, limits=False) as served:
        audited = [configured_account(one, served, "bybiteu") for one in accounts]
        snapshot = asyncio.run(take_snapshot(audited, Options(pace=0)))
    report = build_report(snapshot, now=snapshot.finished_at)
    return DemoAudit(report=report, snapshot=snapshot, calls=tuple(served.calls))


@pytest.fixture(scope="module")
def emptied() -> DemoAudit:
    """The audit of an empty account of Bybit EU and of its empty sub-account, each with its own key."""
    return audit(MAIN, SUB)


def unproved(audited: DemoAudit) -> set[str]:
    """The places whose being unread leaves the first account unproved."""
    found = audited.snapshot.accounts[0].readings
    return {one.surface for one in found if isinstance(one.result, Unread) and one.standing is Standing.DOCUMENTED}


def refused(code: str | None = NOT_GLOBAL, trouble: Trouble = Trouble.REGION, **more: Any) -> Unread:
    return Unread(reason=_("It is refused."), trouble=trouble, code=code, **more)


def unserved(exchange: str) -> Mapping[str, Surface]:
    """The places that the site of an exchange does not serve, by id."""
    return {one.id: one for one in load(exchange).surfaces if one.not_served is not None}


def test_an_empty_account_of_a_regional_site_can_be_clean_and_one_line_says_what_to_look_at(emptied: DemoAudit) -> None:
    elsewhere = {fact.id for fact in exchange_config("bybit").requirements if fact.manual}
    # A sub-account is no broker of fiat, wherever it is.
    no_broker = {"unread-cellar-fiat", "unread-cellar-fiat-conversions"}
    assert (Verdict.CLEAN, {LINE}) == (emptied.report.verdict, manual_lines(emptied.report) - elsewhere - no_broker)
    found = [reading.result for name in unserved("bybiteu") for reading in readings(emptied, name)]
    assert ({Unread}, 23) == (set(map(type, found)), len(found))


@pytest.mark.parametrize(("language", "words"), [("en", "on this site Bybit's API does not show"), ("zh", "在本站")])
def test_the_line_is_told_in_each_language_and_no_place_of_it_by_itself(
    emptied: DemoAudit, language: str, words: str
) -> None:
    told = get_format("terminal").render(emptied.report, Sink(details=True, width=400, translate=Translator(language)))
    assert (True, False) == (words in told, "(bare)" in told)


def test_the_line_rests_on_the_exchanges_own_words() -> None:
    (line,) = [fact for fact in exchange_config("bybiteu").requirements if fact.id == LINE]
    assert (True, True, "2026-07-24") == (line.official, line.manual, line.as_of.isoformat())
    assert [] == [words for words in ("Asset Overview does not support", "180004") if words not in line.source]


def test_no_sentence_says_that_earn_is_empty_where_nobody_looked(emptied: DemoAudit) -> None:
    met = {line.id: str(line.title) for line in emptied.report.requirements if line.status is Status.MET}
    assert [] == [met[name] for name in ("earn-zero", "nothing-open") if "API shows on this site" not in met[name]]
    assert "it does not show everything" in str(meaning(emptied.report))


def test_a_place_that_answers_on_a_regional_site_counts_as_anywhere_and_a_sub_account_needs_its_own_key() -> None:
    held = {path: MESSY.rows(path) for path in (POSITION, OVERVIEW)}
    answering = {path: reply for path, reply in MAIN.refuses.items() if path != POSITION}
    audited = audit(replace(MAIN, books={**MAIN.books, **held}, refuses=answering))
    assert {"flexible-earn", "on-chain-earn"} == blockers(audited)
    # Its money stands in the overview alone, which is not served.
    assert {"subaccount-balances"} == {"subaccount-balances", "subaccount-overview"} & unproved(audited)


@pytest.mark.parametrize("code", REFUSED)
def test_earn_that_is_refused_for_any_other_reason_leaves_a_regional_account_unproved(code: str) -> None:
    earn = [one for name, one in unserved("bybiteu").items() if one.area is Area.EARN and not name.startswith("wealth")]
    assert {Standing.DOCUMENTED} == {surface_reading(one, refused(code, REFUSED[code])).standing for one in earn}


@pytest.mark.parametrize("exchange", REGIONAL)
def test_an_overview_is_left_to_the_eye_where_the_site_refuses_it_and_not_where_no_answer_came(exchange: str) -> None:
    troubles = {trouble: surface_reading(unserved(exchange)["overview"], refused(None, trouble)) for trouble in Trouble}
    by_eye = {trouble for trouble, reading in troubles.items() if reading.told_in == LINE}
    assert {Trouble.EXCHANGE, Trouble.PERMISSION, Trouble.REGION, Trouble.UNAVAILABLE} == by_eye


def test_a_global_account_is_unproved_by_the_same_refusals() -> None:
    """So is an account of a regional site that is audited as a global one."""
    names = unserved("bybiteu")
    table = [one for one in load("bybit").surfaces if one.id in names]
    assert {Standing.DOCUMENTED} == {surface_reading(one, refused()).standing for one in table}
    assert ({}, []) == (
        unserved("bybit"),
        [fact.id for fact in exchange_config("bybit").requirements if fact.id == LINE],
    )


@pytest.mark.parametrize(
    "result", [refused(doubts=(LOST,)), refused(rows=1, at=now())], ids=["with another doubt", "after rows were read"]
)
def test_a_place_is_left_to_the_eye_only_where_nothing_but_that_refusal_came(result: Unread) -> None:
    place = unserved("bybiteu")["flexible-earn"]
    assert (Standing.DOCUMENTED, Standing.UNDOCUMENTED) == (
        surface_reading(place, result).standing,
        surface_reading(place, refused()).standing,
    )


def test_a_key_of_another_site_proves_nothing_by_what_this_site_does_not_serve() -> None:
    """It is unknown here, and a key of this site is not sent to another."""
    with pytest.raises(UserError):
        addresses(configured_account(BARE, "https://api.bybit.com", "bybiteu"), Options())
    with demo.serve([MAIN], limits=False) as served:
        unknown = configured_account(replace(BARE, apikey="demo-of-another-site"), served, "bybiteu")
        with pytest.raises(UserError, match="If your account is at Bybit"):
            asyncio.run(take_snapshot([unknown], Options(pace=0)))
