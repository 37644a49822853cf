"""The page about a fleet: one file that loads nothing, and how it looks in a browser."""

import base64
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.__main__ import main
from auditor.fleet.export.page import read_exports
from auditor.fleet.status import as_html
from auditor.fleet.status import progress as progress_curve
from auditor.fleet.status.chart import HEIGHT, draw_layers
from auditor.fleet.status.model import State
from auditor.fleet.status.progress import Point, read_progress
from auditor.fleet.status.query import read_status
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.i18n import Translator
from tests.fleet.fleets import DAY, HOUR, NOW, coins, look, make_fleet
from tests.formats.test_browser import AS_ROOT, BRIEF, DESK, PHONE, QUIET

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READY, BLOCKED = (State.CLEAN, State.CONFIRMED), (State.BLOCKED,)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page in each language."""
    folder = tmp_path_factory.mktemp("fleet")
    with History(Location(file=folder / "history.sqlite3")) as history:
        make_fleet(history)
        with history.reading() as connection:
            status, progress = read_status(connection, now=NOW), read_progress(connection)
            exports = read_exports(connection, as_html.LARGEST, Translator())
    for language in ("en", "zh"):
        page = as_html.render(status, progress, exports, Translator(language))
        (folder / f"{language}.html").write_text(page, encoding="utf-8")
    return {language: folder / f"{language}.html" for language in ("en", "zh")}


def test_the_page_is_one_file_that_loads_and_runs_nothing(pages: dict[str, Path]) -> None:
    page = pages["en"].read_text(encoding="utf-8")

    assert [] == re.findall(r"https?://|<script|<link|<img|<iframe|@import| on[a-z]+=|url\((?!#)", page)
    assert "default-src &#39;none&#39;" in page


def test_a_name_from_outside_is_only_text(history: History) -> None:
    make_fleet(history)
    with history.writing() as connection:
        connection.exec_driver_sql("UPDATE fleet_accounts SET name = '<script>x</script>' WHERE name = 'stuck'")
        status = read_status(connection, now=NOW)

    assert "&lt;script&gt;x&lt;/script&gt;" in as_html.render(status, (), {}, Translator())


def test_the_exports_go_with_the_page(pages: dict[str, Path]) -> None:
    link = r'href="data:text/csv;charset=utf-8;base64,([^"]+)" download="([^"]+)"'
    found = re.findall(link, pages["en"].read_text("utf-8"))

    assert ["status.csv", "findings.csv", "dust.csv"] == [name for _data, name in found]
    assert base64.b64decode(found[0][0]).decode("utf-8-sig").startswith("account,exchange,")


def test_exports_that_are_too_long_are_named_by_their_commands(history: History) -> None:
    make_fleet(history)
    with history.reading() as connection:
        status, exports = read_status(connection, now=NOW), read_exports(connection, 99, Translator())

    assert {} == exports
    assert "audit fleet export dust.csv" in as_html.render(status, (), exports, Translator())


def test_progress_counts_each_account_as_its_last_check_so_far_left_it(history: History) -> None:
    make_fleet(history)
    with history.reading() as connection:
        points = read_progress(connection)

    counts = [(NOW - point.at, point.count(*READY), point.count(*BLOCKED)) for point in points]
    assert [(10 * DAY, 0, 1), (3 * DAY, 1, 1), (2 * DAY, 2, 1), (DAY, 3, 1), (HOUR, 2, 3)] == counts


def test_a_long_time_is_drawn_with_few_points_and_ends_now(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_curve, "POINTS", 7)
    make_fleet(history)
    for number in range(1, 10):
        look(history, "back", NOW + number * HOUR, *([coins("BTC")] if number % 2 else []))
    with history.reading() as connection:
        points = read_progress(connection)

    assert 7 == len(points)
    assert (NOW - 10 * DAY, NOW + 9 * HOUR) == (points[0].at, points[-1].at)


def test_layers_stand_on_each_other() -> None:
    points = [Point(NOW, {State.BLOCKED: 4}), Point(NOW + timedelta(days=1), {State.CLEAN: 2, State.BLOCKED: 2})]

    ready, _unknown, blocked = draw_layers(points, 4)

    assert ready.path.startswith(f"M0.0 {HEIGHT}.0L640.0 {HEIGHT / 2}L")
    assert "L640.0 0.0L" in blocked.path


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    with History(Location(file=tmp_path / "history.sqlite3")) as history:
        make_fleet(history)
    page = tmp_path / "fleet.html"

    assert 1 == main(["fleet", "status", "--history", str(tmp_path / "history.sqlite3"), "--output", str(page)])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium with playwright and axe: install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - beside its skip

    with sync_playwright() as playwright:
        arguments = [*AS_ROOT, "--no-first-run", *(f"--disable-{name}" for name in QUIET)]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.mark.slow("a browser")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_read_on_a_phone_at_a_desk_and_on_paper(
    browser: Any, pages: dict[str, Path], language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - beside the browser

    asked: list[str] = []
    page = browser.new_page(viewport=PHONE)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: asked.append(said.text))
    page.goto(pages[language].as_uri())

    assert PHONE["width"] == page.evaluate("document.documentElement.scrollWidth")
    assert page.locator("svg.chart path").first.bounding_box()["width"] > 300
    assert [] == Axe().run(page, options=BRIEF).response["violations"]
    page.set_viewport_size(DESK)
    assert DESK["width"] == page.evaluate("document.documentElement.scrollWidth")
    page.emulate_media(media="print")
    assert page.locator("svg.chart").is_visible()
    assert [pages[language].as_uri()] == asked
    page.close()
