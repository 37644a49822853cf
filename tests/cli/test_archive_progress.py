"""What `audit archive` shows of its progress on stderr, and asks where it takes more than an hour."""

import asyncio
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import pytest

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.progress import ListProgress, Progress
from auditor.archive.remaining import Least
from auditor.archive.run import ArchiveRequest
from auditor.cli.commands import archive_run
from auditor.cli.commands.archive_progress import archive_watcher
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.i18n.columns import cells_of
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures
HALF_DAY = 12 * 3600.0
READ = ListProgress(
    title="Trading account",
    rows=12_400,
    last=1_789_344_000_000,
    rises=False,
    seconds=230.0,
    at_most=False,
    pace=2.5,
)
ENGLISH = "Trading account: 12,400 rows, back to 2026-09-14, 4 min left"
CHINESE = "交易账户\uff1a12,400 条记录\uff0c追溯到 2026-09-14\uff0c还需 4 分钟\uff08限每秒 2.5 页\uff09"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal()


def lines_of(terminal: Terminal, *shown: ListProgress, language: str = "en") -> list[str]:
    """The lines that were drawn over each other, without the one that removes the last."""
    runtime = Runtime(console=Translator(language))
    with (
        patch.object(sys, "stderr", terminal),
        archive_watcher("OKX", runtime, is_demo=False, asks=True) as watcher,
    ):
        for one in shown:
            watcher.show(one)
    return [line.removeprefix("\x1b[K") for line in terminal.getvalue().split("\r")][1:-1]


def test_a_line_says_rows_day_and_what_is_left(terminal: Terminal) -> None:
    assert [f"{ENGLISH} (2.5 pages/s)"] == lines_of(terminal, READ)


def test_a_line_with_room_says_the_pace_that_is_allowed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")

    assert [f"{ENGLISH} (2.5 pages a second are allowed)"] == lines_of(terminal, READ)


def test_chinese_fits_with_the_pace(terminal: Terminal) -> None:
    assert [CHINESE] == lines_of(terminal, READ, language="zh")


@pytest.mark.parametrize(
    ("change", "end"),
    [
        ({"seconds": None}, "back to 2026-09-14 (2.5 pages/s)"),
        ({"seconds": None, "pace": 1 / 12}, "back to 2026-09-14 (1 page every 12 s is allowed)"),
        ({"seconds": None, "pace": None}, "back to 2026-09-14"),
        ({"seconds": 5.0, "at_most": True}, "back to 2026-09-14, at most 1 min left"),
        ({"seconds": HALF_DAY}, "back to 2026-09-14, 12 h left (2.5 pages/s)"),
        ({"seconds": None, "pace": 1200.0}, "back to 2026-09-14 (1,200 pages/s)"),
        ({"rises": True}, "up to 2026-09-14, 4 min left (2.5 pages/s)"),
        ({"last": 0, "seconds": None, "pace": None}, "12,400 rows"),
    ],
)
def test_a_line_ends_with_what_is_known(terminal: Terminal, change: dict[str, float | None], end: str) -> None:
    (line,) = lines_of(terminal, replace(READ, **change))  # type: ignore[arg-type]

    assert line.endswith(f" {end}")


@pytest.mark.parametrize(("language", "end"), [("en", ", back to 2026-09-14, 4 min left"), ("zh", "还需 4 分钟")])
def test_of_a_long_title_as_much_is_shown_as_fits(terminal: Terminal, language: str, end: str) -> None:
    long = replace(READ, title="Loans at a stable rate: collateral added and taken out, and what was paid for them")
    (line,) = lines_of(terminal, long, language=language)

    assert cells_of(line) <= 79
    assert (True, True) == (line.startswith("Loans at a "), line.endswith(end))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_no_line_is_longer_than_the_terminal_and_no_number_is_cut(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, language: str, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    lists = [replace(READ, title=f"Ledger {number}", seconds=60.0 * number) for number in range(1, 7)]
    lines = lines_of(terminal, *lists, language=language)

    assert max(map(cells_of, lines)) < 80
    assert lines[-1].startswith("Ledger 6")
    assert {")" if language == "en" else "\uff09"} == {line[-1] for line in lines}


async def of_hours(account: object, options: object, wanted: ArchiveRequest) -> Archive:
    """An archive of one list that takes twelve hours, and that is not sealed."""
    del account, options
    ledger = load("okx").history.ledgers[0]  # type: ignore[union-attr]
    each = ledger.endpoint.limit.seconds * ledger.endpoint.limit.cost / ledger.endpoint.limit.requests
    progress = Progress(wanted.watcher, clock=lambda: 0.0)
    progress.expect([(ledger, Least(1, round(HALF_DAY / each)))])
    await progress.turn(lambda: asyncio.sleep(0))
    return Archive(Path("okx"), Outcome(status=ArchiveStatus.UNFINISHED, faults=(), wallets=(), gaps=()))


@dataclass
class Ended:
    code: int
    err: str


Long = Callable[..., Ended]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Long:
    """Run the command for an archive of twelve hours, with an answer on stdin."""
    one = demo.account("empty")
    for name, value in (("APIKEY", one.apikey), ("SECRET", one.secret), ("PASSWORD", one.passphrase)):
        monkeypatch.setenv(f"OKX_{name}", value)
    monkeypatch.setattr(archive_run, "make", of_hours)

    def run(stdin: io.StringIO, *options: str, err: type[io.StringIO] = Terminal) -> Ended:
        stream = err()
        with patch.object(sys, "stdin", stdin), patch.object(sys, "stderr", stream):
            return Ended(cli("archive", "--exchange", "okx", *options).code, stream.getvalue())

    return run


QUESTION = "This may take about 12 hours. Go on? [y/N] "
KEPT = "What was read is kept: the same command goes on where it stopped.\naudit: interrupted\n"


@pytest.mark.parametrize(("answer", "echo"), [("n\n", ""), ("\n", ""), ("", "\n")])
def test_a_person_who_says_no_is_told_how_to_go_on(long: Long, answer: str, echo: str) -> None:
    """The terminal shows what is typed; an input that ends shows no end of the line."""
    ran = long(Terminal(answer))

    assert (130, True) == (ran.code, ran.err.endswith(QUESTION + echo + KEPT))
    assert "720 minutes or more" in ran.err


def test_a_person_who_says_yes_is_asked_nothing_more(long: Long) -> None:
    ran = long(Terminal("y\n"))

    assert (3, True) == (ran.code, ran.err.endswith(QUESTION))


def test_ctrl_c_is_a_no(long: Long) -> None:
    class Impatient(Terminal):
        def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    ran = long(Impatient())

    assert (130, True) == (ran.code, ran.err.endswith(f"{QUESTION}\n{KEPT}"))


def test_chinese_asks_in_chinese(long: Long) -> None:
    ran = long(Terminal("是\n"), "--lang", "zh")

    assert (3, True) == (ran.code, ran.err.endswith("这可能需要约 12 小时。是否继续\uff1f[y/N] "))


@pytest.mark.parametrize("options", [("--yes",), ("--progress", "json")])
def test_some_options_ask_nothing(long: Long, options: tuple[str, ...]) -> None:
    ran = long(Terminal("n\n"), *options)

    assert (3, False) == (ran.code, "Go on?" in ran.err)


@pytest.mark.parametrize(("stdin", "err"), [(io.StringIO, Terminal), (Terminal, io.StringIO)])
def test_without_a_terminal_nothing_is_asked(long: Long, stdin: type[io.StringIO], err: type[io.StringIO]) -> None:
    ran = long(stdin("n\n"), err=err)

    assert (3, False) == (ran.code, "Go on?" in ran.err)
