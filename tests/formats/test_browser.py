"""The page in a real browser. Skipped where no Chromium is installed (Debian: chromium)."""

import asyncio
import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.formats import Sink, get_format
from auditor.formats.dust_csv import dust_csv
from auditor.i18n import Translator
from auditor.model.records import Area
from auditor.model.report import Report, Severity
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from auditor.recording.replay import replay
from tests.archive.archiving import archived, told
from tests.formats.conftest import Maker
from tests.recordings.making import archives, read

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
except ImportError:  # pragma: no cover - CI installs both
    CHROMIUM = None
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium with playwright and axe: install chromium")
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
AS_ROOT = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
PHONE: "ViewportSize" = {"width": 390, "height": 844}
DESK: "ViewportSize" = {"width": 1280, "height": 720}
CHANGEABLE = {"viewport", "color_scheme"}
"""What a window that is open takes as well."""


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
        return self.page.locator("[data-findings] tbody tr:not([hidden]) .wide > p:first-child").all_text_contents()


Show = Callable[..., Opened]


@pytest.fixture(scope="module")
def windows() -> dict[str, Any]:
    """A page for each set of options: opening one takes longer than most tests."""
    return {}


@pytest.fixture
def show(browser: "Browser", windows: dict[str, Any], tmp_path: Path) -> Iterator[Show]:
    listeners: list[Callable[[], None]] = []

    def listen(page: "Page", event: Any, note: Callable[[Any], None]) -> None:
        page.on(event, note)
        listeners.append(lambda: page.remove_listener(event, note))

    def shown(report: Report, before: str = "", **options: Any) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(get_format("html").render(report, Sink()), encoding="utf-8")
        lasting = {name: value for name, value in options.items() if name not in CHANGEABLE}
        window = f"{before} {lasting}"
        if window not in windows:
            windows[window] = browser.new_context(**lasting).new_page()
            windows[window].add_init_script(before)
        opened = Opened(windows[window])
        opened.page.set_default_timeout(10_000)
        opened.page.set_viewport_size(options.get("viewport", DESK))
        opened.page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
        listen(opened.page, "console", lambda message: opened.complaints.append(message.text))
        listen(opened.page, "pageerror", lambda error: opened.complaints.append(str(error)))
        listen(opened.page, "request", lambda request: opened.asked.append(request.url))
        opened.page.goto(path.as_uri())
        return opened

    yield shown
    for stop in listeners:
        stop()


@pytest.fixture(scope="module")
def demo_report() -> Report:
    """The demo's messy account: something in every area."""
    (file,) = [file for file in archives() if file.stem == "okx-messy"]
    with ThreadPoolExecutor() as beside_the_browser:
        report: Report = beside_the_browser.submit(lambda: asyncio.run(replay(read(file)))).result()
    return report


# What passed is not wanted, and takes longest to write.
BRIEF = {"resultTypes": ["violations"]}
CONTRAST = {"runOnly": ["color-contrast"], **BRIEF}
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# A few of everything has all colours that there are; every row takes most of the time.
FEW = 4
KEEP_FEW = """limit => document.querySelectorAll('tbody, ol, ul, dl').forEach(
    list => [...list.children].slice(limit).forEach(row => row.remove()))"""


@pytest.mark.slow
def test_the_browser_has_nothing_to_complain_of(show: Show, messy_report: Report) -> None:
    opened = show(messy_report)

    assert ([], 1) == (opened.complaints, len(opened.asked))


def test_hostile_text_does_nothing(show: Show, all_hostile_report: Report) -> None:
    """Each text in each place, on one page."""
    opened = show(all_hostile_report)

    assert ([], 1) == (opened.complaints, len(opened.asked))


def test_the_page_is_accessible_on_a_phone_and_readable_by_day_and_by_night(show: Show, messy_report: Report) -> None:
    page = show(messy_report, viewport=PHONE).page
    page.evaluate(OPEN_ALL)

    of_all = Axe().run(page, options={"rules": {"color-contrast": {"enabled": False}}, **BRIEF})
    page.evaluate(KEEP_FEW, FEW)
    by_day = Axe().run(page, options=CONTRAST)
    page.emulate_media(color_scheme="dark")
    by_night = Axe().run(page, options=CONTRAST)

    assert of_all.violations_count == 0, of_all.generate_report()
    assert by_day.violations_count == 0, by_day.generate_report()
    assert by_night.violations_count == 0, by_night.generate_report()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["clean_report", "incomplete_report", "refused_report"])
def test_every_verdict_is_accessible_by_day_and_by_night(show: Show, request: pytest.FixtureRequest, kind: str) -> None:
    page = show(request.getfixturevalue(kind), color_scheme="light").page
    page.evaluate(OPEN_ALL)
    page.evaluate(KEEP_FEW, FEW)

    by_day = Axe().run(page, options=BRIEF)
    page.emulate_media(color_scheme="dark")
    by_night = Axe().run(page, context="header", options=CONTRAST)

    assert by_day.violations_count == 0, by_day.generate_report()
    assert by_night.violations_count == 0, by_night.generate_report()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["BTC", "X" * 200])
def test_nothing_stands_out_of_a_phones_screen(show: Show, make: Any, name: str) -> None:
    report = make.report(
        make.account(name=name), findings=[make.finding(asset=name, message=name)], dust=[make.dust(asset=name)]
    )

    page = show(report, viewport=PHONE).page
    page.evaluate(OPEN_ALL)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.slow
def test_nothing_stands_out_of_any_screen(show: Show, demo_report: Report) -> None:
    page = show(demo_report).page
    page.evaluate(OPEN_ALL)

    wider = []
    for width in (320, 600, 1000, 1030):
        page.set_viewport_size({"width": width, "height": 800})
        wider.append(page.evaluate("document.documentElement.scrollWidth") - width)

    assert max(wider) <= 0


def test_findings_filter_by_severity_area_step_and_words_until_all_are_shown_again(
    show: Show, messy_report: Report
) -> None:
    opened = show(messy_report)
    count, nothing = opened.page.locator("[data-filters] output"), opened.page.locator("[data-nothing]")

    assert (count.inner_text(), nothing.is_visible()) == ("7 of 7 shown", False)
    opened.page.select_option("[name=severity]", "warning")
    assert opened.shown() == [str(f.message) for f in messy_report.findings if f.severity is Severity.WARNING]
    opened.page.select_option("[name=severity]", "")
    opened.page.select_option("[name=area]", "balances")
    assert count.inner_text() == "4 of 7 shown"
    opened.page.fill("[name=text]", "sHiB")
    assert opened.shown() == ["The funding account holds 7 SHIB."]
    opened.page.fill("[name=text]", "nothing has this")
    assert (opened.shown(), count.inner_text(), nothing.is_visible()) == ([], "0 of 7 shown", True)
    opened.page.get_by_role("button", name="Show all again").click()
    expect(count).to_have_text("7 of 7 shown")
    (bots,) = [step for step in make_plan(messy_report).steps if step.kind is StepKind.STOP_BOTS]
    opened.page.select_option("[name=step]", str(bots.number))
    assert opened.shown() == ["A recurring buy of BTC runs and will buy again on 2026-07-02 00:00 UTC."]


@pytest.mark.slow
def test_a_filter_opens_what_matches_and_folds_it_again(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    page.fill("[name=text]", "shib")
    opened = page.locator(".group[open]:not([hidden])").count()
    page.fill("[name=text]", "")

    assert (opened, page.locator(".group[open]").count()) == (1, 0)


@pytest.mark.slow
def test_findings_sort_both_ways_and_what_has_no_value_stays_last(show: Show, make: Any) -> None:
    usd = {"ETH": "31200.00", "USDT": "1204.50", "SHIB": "0.00", "GONE": None}
    findings = [
        make.finding(
            Area.EARN, rule="earn-held", subject=asset, asset=asset, message=asset, value_usd=value and Decimal(value)
        )
        for asset, value in usd.items()
    ]
    opened = show(make.report(findings=findings))
    opened.page.evaluate(OPEN_ALL)
    button = opened.page.locator(".group").get_by_role("button", name="USD")

    button.click()
    assert opened.shown() == ["SHIB", "USDT", "ETH", "GONE"]
    button.click()
    assert opened.shown() == ["ETH", "USDT", "SHIB", "GONE"]
    header = opened.page.locator("th[aria-sort]")
    assert (header.count(), header.get_attribute("aria-sort")) == (1, "descending")


@pytest.mark.slow
def test_everything_can_be_reached_and_used_with_the_keyboard(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    step = page.locator(".step details").first
    step.locator("summary").focus()
    page.keyboard.press("Enter")
    assert step.get_attribute("open") is not None
    step.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    assert step.get_by_role("checkbox").first.is_checked()
    page.evaluate(OPEN_ALL)
    page.locator(".group").get_by_role("button", name="Asset").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").first.inner_text().startswith("Asset")


def _coins(make: Maker, *assets: str) -> Report:
    findings = [
        make.finding(Area.EARN, rule="earn-held", subject=asset, asset=asset, message=asset) for asset in assets
    ]
    return make.report(findings=findings)


@pytest.mark.slow
def test_a_tick_is_remembered_under_another_number_and_can_be_hidden(show: Show, make: Any) -> None:
    page = show(_coins(make, "ETH", "SOL")).page
    page.evaluate(OPEN_ALL)
    page.get_by_label("SOL").check()

    other = show(_coins(make, "ADA", "ETH", "SOL"))
    other.page.evaluate(OPEN_ALL)

    ticked = other.page.locator(".items > li:has(input:checked)")
    assert ticked.all_inner_texts() == ["1.3\nSOL"]
    other.page.get_by_label("Hide what is done").check()
    assert (ticked.is_visible(), other.shown()) == (False, ["ADA", "ETH"])
    other.page.evaluate("localStorage.clear()")


@pytest.mark.slow
def test_a_manual_point_is_ticked_in_the_plan_and_among_the_requirements(show: Show, make: Any) -> None:
    page = show(make.report()).page
    page.evaluate(OPEN_ALL)
    boxes = page.get_by_label("No P2P order, advertisement, escrow or appeal is open")

    boxes.first.check()
    page.reload()

    assert [boxes.nth(number).is_checked() for number in range(boxes.count())] == [True, True]
    page.evaluate("localStorage.clear()")


@pytest.mark.slow
def test_what_was_ticked_before_and_is_found_again_says_so_and_is_not_hidden(show: Show, make: Any) -> None:
    page = show(_coins(make, "ETH")).page
    key = page.locator(".items input").first.get_attribute("data-tick")
    page.evaluate("key => localStorage.setItem(`account-closure-audit:${key}`, '2020-02-03T10:00:00.000Z')", key)
    page.reload()
    page.evaluate(OPEN_ALL)

    page.get_by_label("Hide what is done").check()

    assert page.locator(".note").all_inner_texts() == [
        "You ticked this on 3 Feb 2020, but this later report still found it."
    ]
    page.evaluate("localStorage.clear()")


@pytest.mark.slow
def test_where_nothing_can_be_kept_ticking_works_and_says_so(show: Show, make: Any) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    opened = show(_coins(make, "ETH"), before=refuse)
    opened.page.evaluate(OPEN_ALL)

    opened.page.get_by_label("ETH").check()

    count = opened.page.locator("[data-plan-tools] output").inner_text()
    assert (opened.complaints, count.partition(" ")[0]) == ([], "1")
    assert opened.page.get_by_text("Your browser does not keep your ticks").is_visible()


@pytest.mark.slow
def test_dust_is_copied_as_csv(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Copy as CSV").click()

    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").strip() == dust_csv(messy_report, Translator()).strip()


@pytest.mark.slow
def test_where_nothing_may_be_copied_the_csv_is_selected(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")

    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Copy as CSV").click()

    expect(page.locator("[data-copied]")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("exchange,account")


@pytest.mark.slow
def test_dust_is_downloaded_as_csv(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page

    page.evaluate(OPEN_ALL)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()

    assert download.value.suggested_filename == "dust.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8-sig") == dust_csv(messy_report, Translator())


@pytest.mark.slow
def test_without_a_script_everything_is_there_to_be_read(show: Show, messy_report: Report) -> None:
    opened = show(messy_report, java_script_enabled=False)

    assert len(opened.shown()) == len(messy_report.findings)
    assert not any(form.is_visible() for form in opened.page.locator(".filters").all())
    assert not opened.page.get_by_role("button", name="Copy as CSV").is_visible()


def test_on_paper_the_plan_is_open_and_its_boxes_are_boxes(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    boxes = page.locator(".items input")
    sizes = boxes.evaluate_all("all => all.map(box => [getComputedStyle(box).appearance, box.offsetHeight > 8])")
    folded = page.locator(".step details:not([open])").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert (folded, {tuple(size) for size in sizes}) == (0, {("none", True)})
    assert page.locator("details[open]").count() == 0


# The words of each cell that are broken into lines.
BROKEN = """all => all.flatMap(cell => {
  const broken = [];
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
})"""


@pytest.mark.slow
def test_on_paper_no_heading_area_or_ordinary_amount_breaks_within_a_word(show: Show, demo_report: Report) -> None:
    page = show(demo_report).page
    page.emulate_media(media="print")
    page.evaluate(OPEN_ALL)

    broken = []
    for width in (704, 794):
        page.set_viewport_size({"width": width, "height": 1000})
        broken += page.locator("thead th, td.number, td.area, td.no").evaluate_all(BROKEN)
    button = page.locator("thead button").first.evaluate("button => getComputedStyle(button).display")

    assert [word for word in broken if len(word) <= len("12345.67") or word.isalpha()] == []
    # Chromium repeats no header on the next page that has a button in it.
    assert button == "contents"


@pytest.mark.slow
def test_the_messy_account_takes_three_screens_of_a_phone_and_eight_pages(show: Show, demo_report: Report) -> None:
    page = show(demo_report, viewport=PHONE).page

    top = page.evaluate("document.getElementById('findings').getBoundingClientRect().top + scrollY")
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))

    assert (top <= 3 * PHONE["height"], 1 < len(pages) <= 8) == (True, True)


@pytest.mark.slow
def test_the_header_of_the_findings_stays_in_sight(show: Show, demo_report: Report) -> None:
    page = show(demo_report).page
    page.locator(".group").nth(2).evaluate("group => { group.open = true; }")

    page.locator(".group").nth(2).locator("tbody tr").nth(5).evaluate("row => row.scrollIntoView()")

    header = page.locator(".group").nth(2).locator("thead th").first
    assert round(header.evaluate("cell => cell.getBoundingClientRect().top")) == 0


@pytest.mark.slow
@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("number", [0, 75, 1000])
def test_any_number_of_findings_is_counted_listed_and_folded(show: Show, make: Any, number: int) -> None:
    report = make.report(findings=[make.finding(subject=str(n), message=f"Finding {n}.") for n in range(number)])

    opened = show(report)

    count = opened.page.locator("[data-filters] output").all_inner_texts()
    listed = set(re.findall(r"Finding [0-9]+\.", opened.page.locator("main").text_content() or ""))
    height = opened.page.evaluate("document.documentElement.scrollHeight")
    assert (opened.complaints, count) == ([], [f"{number} of {number} shown"] if number else [])
    assert (len(listed), height < 4000) == (number, True)


@pytest.mark.slow
def test_two_accounts_filter_by_account_in_the_plan_and_in_the_findings(show: Show, make: Any) -> None:
    accounts = [make.account(name=name) for name in ("main", "second")]
    found = [
        make.finding(Area.ORDERS, account=name, subject=name, message=f"In {name}.") for name in ("main", "second")
    ]

    opened = show(make.report(*accounts, findings=found))
    opened.page.locator("[data-plan-tools] [name=account]").select_option("second")
    opened.page.evaluate(OPEN_ALL)

    assert opened.shown() == ["In second."]
    texts = opened.page.locator(".items > li:not([hidden])").all_inner_texts()
    assert [text for text in texts if "In main" in text or "In second" in text] == ["1.2\nsecond: In second."]


@pytest.mark.slow
def test_a_link_into_a_folded_part_opens_it(show: Show, messy_report: Report) -> None:
    page = show(messy_report).page
    step = page.locator(".step:has(.items a)").first
    step.locator("summary").click()

    step.locator(".items a").first.click()
    row = page.locator(".group tr:target")
    row.wait_for(state="visible")
    step.locator("details").evaluate("details => { details.open = false; }")
    row.locator("a").first.click()

    # What opens it is told of the new address only after the click.
    step.locator("li").first.wait_for(state="visible")
    assert step.locator("details").evaluate("details => details.open")


@pytest.mark.slow
def test_the_report_of_an_archive_fits_a_phone_and_can_be_read_aloud(browser: "Browser", tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as other:  # the browser has this thread's event loop
        folder = other.submit(archived, told(events=20, days=500), tmp_path).result().folder
    page = browser.new_page(viewport=PHONE)
    page.goto((folder / "data/REPORT.html").as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate(KEEP_FEW, FEW)
    found = [one["id"] for one in Axe().run(page, options=BRIEF).response["violations"]]
    page.close()

    assert (PHONE["width"], []) == (width, found)
