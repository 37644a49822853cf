"""The page in a real browser. Skipped where no Chromium is installed (Debian: chromium)."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from auditor.formats import Sink, get_format
from auditor.formats.dust_csv import dust_csv
from auditor.i18n import Translator
from auditor.model.records import Area
from auditor.model.report import Report, Severity

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, expect, sync_playwright
except ImportError:  # pragma: no cover - CI installs both
    CHROMIUM = None
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium with playwright and axe: install chromium")
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
AS_ROOT = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    arguments = [*AS_ROOT, "--no-first-run", *(f"--disable-{name}" for name in QUIET)]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@dataclass
class Opened:
    """A page with what the browser complained of, and every address that it asked for."""

    page: "Page"
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """The messages of the findings in sight, from the top."""
        return self.page.locator("[data-findings] tbody tr:not([hidden]) .wide > p:first-child").all_inner_texts()


Show = Callable[..., Opened]


@pytest.fixture(scope="module")
def windows() -> dict[str, Any]:
    """A window for each set of options."""
    return {}


@pytest.fixture
def show(browser: "Browser", windows: dict[str, Any], tmp_path: Path) -> Iterator[Show]:
    pages: list[Any] = []

    def shown(report: Report, **options: Any) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(get_format("html").render(report, Sink()), encoding="utf-8")
        window = str(options)
        if window not in windows:
            windows[window] = browser.new_context(**options)
        opened = Opened(windows[window].new_page())
        pages.append(opened.page)
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.goto(path.as_uri())
        return opened

    yield shown
    for page in pages:
        page.close()


def test_the_browser_has_nothing_to_complain_of(show: Show, messy_report: Report) -> None:
    opened = show(messy_report)

    assert ([], 1) == (opened.complaints, len(opened.asked))


def test_hostile_text_does_nothing(show: Show, hostile_report: Report) -> None:
    opened = show(hostile_report)

    assert ([], 1) == (opened.complaints, len(opened.asked))


@pytest.mark.parametrize("kind", ["messy_report", "clean_report", "incomplete_report", "refused_report"])
def test_the_page_is_accessible_by_day_and_by_night(show: Show, request: pytest.FixtureRequest, kind: str) -> None:
    opened = show(request.getfixturevalue(kind), color_scheme="light")
    opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

    by_day = Axe().run(opened.page)
    opened.page.emulate_media(color_scheme="dark")
    by_night = Axe().run(opened.page, options={"runOnly": ["color-contrast"]})

    assert by_day.violations_count == 0, by_day.generate_report()
    assert by_night.violations_count == 0, by_night.generate_report()


def test_the_page_is_accessible_on_a_phone(show: Show, messy_report: Report) -> None:
    found = Axe().run(show(messy_report, viewport=PHONE).page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["BTC", "X" * 200])
def test_nothing_stands_out_of_a_phones_screen(show: Show, make: Any, name: str) -> None:
    report = make.report(
        make.account(name=name), findings=[make.finding(asset=name, message=name)], dust=[make.dust(asset=name)]
    )

    page = show(report, viewport=PHONE).page

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_findings_filter_by_severity_area_and_words(show: Show, messy_report: Report) -> None:
    opened = show(messy_report)
    count = opened.page.locator("form output")

    assert count.inner_text() == "7 of 7 shown"
    opened.page.select_option("[name=severity]", "warning")
    assert [str(f.message) for f in messy_report.findings if f.severity is Severity.WARNING] == opened.shown()
    opened.page.select_option("[name=severity]", "")
    opened.page.select_option("[name=area]", "balances")
    assert count.inner_text() == "4 of 7 shown"
    opened.page.fill("[name=text]", "sHiB")
    assert opened.shown() == ["The funding account holds 7 SHIB."]
    opened.page.fill("[name=text]", "nothing has this")
    assert (opened.shown(), count.inner_text()) == ([], "0 of 7 shown")


def test_findings_sort_both_ways_and_what_has_no_value_stays_last(show: Show, messy_report: Report) -> None:
    opened = show(messy_report)
    usd = opened.page.get_by_role("button", name="USD")

    usd.click()
    assert ["7 SHIB", "1204.5 USDT", "0.52 BTC"] == [message.split("holds ")[1][:-1] for message in opened.shown()[:3]]
    usd.click()
    assert ["0.52 BTC", "1204.5 USDT", "7 SHIB"] == [message.split("holds ")[1][:-1] for message in opened.shown()[:3]]
    header = opened.page.locator("th[aria-sort]")
    assert (header.count(), header.get_attribute("aria-sort")) == (1, "descending")


def test_everything_can_be_reached_and_used_with_the_keyboard(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.get_by_role("button", name="Asset").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Asset")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None


def test_dust_is_copied_as_csv(show: Show, messy_report: Report) -> None:
    page = show(messy_report, permissions=["clipboard-read", "clipboard-write"]).page

    page.get_by_role("button", name="Copy as CSV").click()

    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").strip() == dust_csv(messy_report, Translator()).strip()


def test_where_nothing_may_be_copied_the_csv_is_selected(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")

    page.get_by_role("button", name="Copy as CSV").click()

    expect(page.locator("[data-copied]")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("exchange,account")


def test_dust_is_downloaded_as_csv(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()

    assert download.value.suggested_filename == "dust.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8-sig") == dust_csv(messy_report, Translator())


def test_without_a_script_everything_is_there_to_be_read(show: Show, messy_report: Report) -> None:
    opened = show(messy_report, java_script_enabled=False)

    assert len(opened.shown()) == len(messy_report.findings)
    assert not opened.page.locator("form").is_visible()
    assert not opened.page.get_by_role("button", name="Copy as CSV").is_visible()


def test_on_paper_nothing_is_folded_away(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("details:not(.csv):not([open])").count() == 0


# How many lines the text of each cell takes.
LINES = """all => all.map(cell => {
  const range = document.createRange(); range.selectNodeContents(cell.querySelector("button") ?? cell);
  return [cell.innerText.trim(), new Set([...range.getClientRects()].map(box => Math.round(box.top))).size];
})"""


@pytest.mark.parametrize("width", [704, 740, 794])
def test_on_paper_no_heading_and_no_ordinary_amount_breaks_within_a_word(
    show: Show, messy_report: Report, width: int
) -> None:
    page = show(messy_report).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 1000})

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    cells = page.locator("thead th, td.number").evaluate_all(LINES)
    words = [(text, lines) for text, lines in cells if text and " " not in text and len(text) <= len("12345.67")]
    assert ([], True) == ([text for text, lines in words if lines != 1], len(words) > 4)


@pytest.mark.parametrize("number", [0, 75, 1000])
def test_any_number_of_findings_is_shown(show: Show, make: Any, number: int) -> None:
    report = make.report(findings=[make.finding(subject=str(n), message=f"Finding {n}.") for n in range(number)])

    opened = show(report)

    assert ([], number) == (opened.complaints, len(opened.shown()))


def test_two_accounts_filter_by_account(show: Show, make: Any) -> None:
    accounts = [make.account(name=name) for name in ("main", "second")]
    found = [
        make.finding(Area.ORDERS, account=name, subject=name, message=f"In {name}.") for name in ("main", "second")
    ]

    opened = show(replace(make.report(*accounts, findings=found)))
    opened.page.select_option("[name=account]", "second")

    assert opened.shown() == ["In second."]
