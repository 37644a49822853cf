"""The page as text: one file, nothing from elsewhere, everything escaped."""

import base64
import hashlib
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from auditor.formats import PassCounts, Sink
from auditor.formats.as_html import render
from auditor.formats.dust_csv import dust_csv
from auditor.i18n import Translator, verbatim
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import NotApplicable
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
    assert {link.partition(":")[0] if ":" in link else link[:1] for link in links} == {"#", "data"}


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


def test_hostile_text_is_shown_and_does_nothing(clean_report: Report, hostile_report: Report) -> None:
    page = ParsedPage(render(hostile_report))

    assert page.open == []
    assert {tag for tag, _attrs in page.tags} <= {tag for tag, _ in ParsedPage(render(hostile_report)).tags}
    assert len(page.all("script")) == len(ParsedPage(render(clean_report)).all("script"))
    assert all(character == "\n" or character.isprintable() for character in render(hostile_report))


def test_a_coin_named_like_a_script_is_a_name(make: Maker) -> None:
    name = "<script>alert(1)</script>"

    page = ParsedPage(render(make.report(findings=[make.finding(asset=name)], dust=[make.dust(asset=name)])))

    assert page.texts.count(name) == 3
    assert len(page.all("script")) == 1


def test_the_page_says_what_the_terminal_says(messy_report: Report) -> None:
    text = " ".join(ParsedPage(render(messy_report)).texts)

    assert all(str(f.message) in text and str(f.remedy) in text for f in messy_report.findings)
    assert "BLOCKED: not ready to be closed." in text
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

    assert "1 read, 1 not applicable" in text
    assert "1 not read" in text
    assert text.count("not asked") == 8


def test_passes_become_a_curve(messy_report: Report, make: Maker) -> None:
    passes = tuple(PassCounts(make.now + timedelta(days=day), 10 - day, 0) for day in range(4))

    page = ParsedPage(render(messy_report, Sink(passes=passes)))

    assert len(page.all("circle")) == 4
    assert "10 blockers to 7 in 4 passes" in str(page.all("svg"))


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
