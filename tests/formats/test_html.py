"""The page as text: one file, nothing from elsewhere, everything escaped."""

import base64
import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from auditor.formats import PassCounts, Sink
from auditor.formats.as_html import render
from auditor.formats.dust_csv import dust_csv
from auditor.formats.html.official_pages import host_of, page_of
from auditor.formats.html.total_lines import totals_by_area, totals_by_asset
from auditor.formats.terminal.summary import headline
from auditor.i18n import Translator, verbatim
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import NotApplicable
from auditor.plan import Step, make_plan
from auditor.plan.kinds import StepKind
from auditor.rules import all_rules
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.formats.conftest import Maker


class ParsedPage(HTMLParser):
    """Every tag of a page with its attributes, its texts, and whether what is opened is closed."""

    EMPTY = frozenset({"meta", "input", "rect", "polyline", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_page_is_whole(messy_report: Report) -> None:
    page = ParsedPage(render(messy_report))

    assert page.open == []
    assert len({attrs["id"] for _tag, attrs in page.tags if "id" in attrs}) == sum(
        "id" in attrs for _t, attrs in page.tags
    )


def test_nothing_is_loaded_from_elsewhere(messy_report: Report) -> None:
    page = ParsedPage(render(messy_report))

    loading = [
        attrs
        for _tag, attrs in page.tags
        for name in ("src", "srcset", "data", "action", "background")
        if name in attrs
    ]
    links = [attrs["href"] or "" for _tag, attrs in page.tags if "href" in attrs]
    assert (loading, page.all("link"), page.all("style"), len(page.all("script"))) == ([], [], [{}], 1)
    assert {link.partition(":")[0] if ":" in link else link[:1] for link in links} == {"#", "data", "https"}


def test_a_link_leads_to_an_official_host_and_says_nothing_of_where_it_was(messy_report: Report) -> None:
    links = [attrs for attrs in ParsedPage(render(messy_report)).all("a") if "://" in (attrs["href"] or "")]

    assert {urlsplit(attrs["href"] or "").hostname for attrs in links} <= set(exchange_config("okx").site_hosts)
    assert {attrs["rel"] for attrs in links} == {"noopener noreferrer"}


@pytest.mark.parametrize("exchange", known_exchanges())
def test_every_step_at_every_exchange_has_a_page_on_an_official_host(exchange: str) -> None:
    words = verbatim("x")
    steps = [
        Step(
            kind=kind,
            exchange=exchange,
            title=words,
            where=words,
            why=words,
            after=(),
            findings=(),
            todo=(),
            ready_at=None,
        )
        for kind in StepKind
    ]

    pages = [page_of(step) or "" for step in steps]

    assert {urlsplit(page).scheme for page in pages} == {"https"}
    assert set(map(host_of, pages)) <= set(exchange_config(exchange).site_hosts)


def test_an_exchange_whose_hosts_nobody_wrote_down_gets_no_link(make: Maker) -> None:
    report = make.report(make.account(exchange="bitstamp"), findings=[make.finding()])

    assert [a for a in ParsedPage(render(report)).all("a") if "://" in (a["href"] or "")] == []


def test_the_policy_allows_this_style_and_this_script_alone(messy_report: Report) -> None:
    text = render(messy_report)
    parts = [re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL) for tag in ("style", "script")]
    style, script = (base64.b64encode(hashlib.sha256((part or [""])[1].encode()).digest()).decode() for part in parts)

    (policy,) = [m["content"] for m in ParsedPage(text).all("meta") if m.get("http-equiv") == "Content-Security-Policy"]

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_no_tag_has_a_style_or_a_script_of_its_own(messy_report: Report) -> None:
    names = {name for _tag, attrs in ParsedPage(render(messy_report)).tags for name in attrs}

    assert [name for name in names if name == "style" or name.startswith("on")] == []


@pytest.mark.campaign(one_of=4)
def test_hostile_text_is_shown_and_does_nothing(clean_report: Report, hostile_report: Report) -> None:
    page = ParsedPage(render(hostile_report))

    assert page.open == []
    assert {tag for tag, _attrs in page.tags} <= {tag for tag, _ in ParsedPage(render(hostile_report)).tags}
    assert len(page.all("script")) == len(ParsedPage(render(clean_report)).all("script"))
    assert all(character == "\n" or character.isprintable() for character in render(hostile_report))


def test_a_coin_named_like_a_script_is_a_name(make: Maker) -> None:
    name = "<script>alert(1)</script>"

    page = ParsedPage(render(make.report(findings=[make.finding(asset=name)], dust=[make.dust(asset=name)])))

    assert page.texts.count(name) == 4
    assert len(page.all("script")) == 1


def test_the_page_says_what_the_terminal_says(messy_report: Report) -> None:
    text = " ".join(ParsedPage(render(messy_report)).texts)

    assert all(str(f.message) in text and str(f.remedy) in text for f in messy_report.findings)
    assert str(headline(messy_report)) in text
    assert "DEMO: play money." in text


def test_dust_can_be_taken_along_as_csv(messy_report: Report) -> None:
    (link,) = [attrs for attrs in ParsedPage(render(messy_report)).all("a") if "download" in attrs]

    kind, _comma, data = (link["href"] or "").partition(",")

    assert (kind, link["download"]) == ("data:text/csv;charset=utf-8;base64", "dust.csv")
    assert base64.b64decode(data).decode("utf-8-sig") == dust_csv(messy_report, Translator())


def test_every_account_has_a_cell_for_every_area(make: Maker, clean_report: Report) -> None:
    second = make.account([make.reading(Area.BALANCES, make.unread())], name="second")
    report = make.report(clean_report.accounts[0].snapshot, second)

    text = " ".join(ParsedPage(render(report)).texts)

    assert "1 checked, 1 not applicable" in text
    assert "1 could not be checked" in text
    assert text.count("not asked") == 8


def test_passes_become_a_curve(messy_report: Report, make: Maker) -> None:
    passes = tuple(PassCounts(make.now + timedelta(days=day), 10 - day, 0) for day in range(4))

    page = ParsedPage(render(messy_report, Sink(passes=passes)))

    assert len(page.all("circle")) == 4
    assert "from 10 to 7 in 4 checks" in str(page.all("svg"))


@pytest.mark.parametrize("count", [0, 1])
def test_one_pass_is_no_curve(messy_report: Report, make: Maker, count: int) -> None:
    passes = (PassCounts(make.now, 3, 0),) * count

    assert ParsedPage(render(messy_report, Sink(passes=passes))).all("polyline") == []


def test_a_clean_page_has_neither_findings_nor_dust(clean_report: Report) -> None:
    page = ParsedPage(render(clean_report))

    assert {attrs["id"] for attrs in page.all("h2")} == {"plan", "coverage", "requirements", "about"}


def test_a_refused_page_says_why(refused_report: Report) -> None:
    assert "untick Trade" in " ".join(ParsedPage(render(refused_report)).texts)


def test_what_does_not_apply_is_not_what_was_not_read(make: Any) -> None:
    unused = make.reading(Area.EARN, NotApplicable(reason=verbatim("Never used."), source="documentation"))
    page = ParsedPage(render(make.report(make.account([unused]))))

    assert [r["class"] for r in page.all("rect") if r.get("class") in {"read", "unread", "absent"}] == [
        "unread",
        "absent",
    ]


def test_the_numbers_are_those_of_the_plan(messy_report: Report) -> None:
    page = ParsedPage(render(messy_report))
    plan = make_plan(messy_report)

    ids = {attrs["id"] for _tag, attrs in page.tags if "id" in attrs}

    assert {f"item-{step.number}-{item.number}" for step in plan.steps for item in step.items} <= ids
    assert [text for text in page.texts if re.fullmatch(r"[0-9]+\. .+", text)][: len(plan.steps)] == [
        f"{step.number}. {step.title}" for step in plan.steps
    ]


def test_a_finding_names_the_other_places_that_show_it(make: Maker) -> None:
    places = (verbatim("Debts for one-click repay"), verbatim("Borrowing limit"))

    text = " ".join(ParsedPage(render(make.report(findings=[make.finding(also_seen_in=places)]))).texts)

    assert "Seen also in: Debts for one-click repay; Borrowing limit" in text


def _ticks(report: Report) -> list[str | None]:
    return [attrs["data-tick"] for attrs in ParsedPage(render(report)).all("input") if "data-tick" in attrs]


def test_a_tick_belongs_to_the_thing_and_not_to_its_number(make: Maker) -> None:
    ada, eth = (make.finding(Area.EARN, rule="earn-held", subject=asset, asset=asset) for asset in ("ADA", "ETH"))

    alone, later = (_ticks(make.report(findings=findings)) for findings in ([eth], [ada, eth]))

    assert set(alone) - set(later) == set()
    assert len(later) == len(alone) + 1


def test_two_accounts_ticks_are_their_own_and_show_no_uid(make: Maker) -> None:
    one, other = (
        render(make.report(make.account(uid=uid, main_uid=uid), findings=[make.finding()]))
        for uid in ("7100001", "7100002")
    )
    keys = [re.findall(r'data-tick="([^"]+)"', page) for page in (one, other)]

    assert set(keys[0]) & set(keys[1]) == set()
    assert "7100001" not in " ".join(keys[0])


def test_each_box_for_one_requirement_has_one_key(make: Maker) -> None:
    keys = _ticks(make.report())
    in_the_plan_alone = {key for key in keys if keys.count(key) == 1}

    # The archive is a step of the plan, and no requirement.
    assert (1, {1, 2}) == (len(in_the_plan_alone), {keys.count(key) for key in keys})


def test_times_are_the_readers_own_with_utc_beside_them(messy_report: Report) -> None:
    shanghai = Sink(translate=Translator(zone=ZoneInfo("Asia/Shanghai")))

    text = render(messy_report, shanghai)

    time = '<time datetime="2026-07-04T16:00:00+00:00" title="2026-07-04 16:00 UTC">5 Jul 2026</time>'
    assert time in text


def test_a_rule_leads_to_what_it_means(messy_report: Report) -> None:
    page = ParsedPage(render(messy_report))

    ids = {attrs["id"] for attrs in page.all("dt") if "id" in attrs}

    known = {rule.id for rule, _module in all_rules()} & {finding.rule for finding in messy_report.findings}
    assert ids == {f"rule-{rule}" for rule in known}
    assert {f"#{id_}" for id_ in ids} <= {attrs["href"] for attrs in page.all("a")}


def test_totals_add_up_what_has_a_price_and_count_what_has_none(make: Maker) -> None:
    values = {"BTC": "100.00", "ETH": "20.50", "GONE": None}
    coins = [make.finding(subject=asset, asset=asset, value_usd=usd and Decimal(usd)) for asset, usd in values.items()]
    debt = make.finding(Area.DEBTS, rule="debt", subject="debt", asset="BTC", value_usd=Decimal("7.00"))
    report = make.report(findings=[*coins, debt])

    areas = [(line.count, line.there_usd, line.owed_usd, line.unpriced) for line in totals_by_area(report)]
    assets = [(line.name, line.there_usd, line.owed_usd) for line in totals_by_asset(report)]

    assert areas == [(1, 0, Decimal(7), 0), (3, Decimal("120.50"), 0, 1)]
    assert assets == [("BTC", Decimal(100), Decimal(7)), ("ETH", Decimal("20.50"), 0), ("GONE", 0, 0)]


def test_a_report_on_nothing_shows_neither_counts_nor_requirements(refused_report: Report) -> None:
    page = ParsedPage(render(refused_report))

    assert {attrs["id"] for attrs in page.all("h2")} == {"plan", "coverage", "about"}
    assert "places checked" not in " ".join(page.texts)
