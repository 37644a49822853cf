"""The progress bar: on a terminal only, and safe from what an exchange calls things."""

import io
import json
import sys

import pytest

from auditor.cli.runtime.progress import progress_bar
from auditor.cli.runtime.progress_form import ProgressForm, chosen_progress
from auditor.cli.runtime.progress_view import ProgressView, pause_text
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import Translator
from auditor.model.account import Pause, Progress


class Terminal(io.StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_each_account_with_its_place_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")

    with progress_bar(Runtime()) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet"))
        step(Progress(account="sub", done=2, total=3, title="[red]\x1b]0;x\x07"))

    assert "Funding wallet" in shown.getvalue()
    assert "1/2" in shown.getvalue()
    assert r"[red]\x1b]0;x\x07" in shown.getvalue()


@pytest.mark.parametrize("form", [ProgressForm.NONE, ProgressForm.AUTO])
def test_nothing_is_drawn_where_none_is_wanted_or_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, form: ProgressForm
) -> None:
    shown = Terminal() if form is ProgressForm.NONE else io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)

    with progress_bar(Runtime(progress=form)) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet"))

    assert "" == shown.getvalue()


def test_a_program_gets_a_line_of_json_for_each_step_and_each_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)

    with progress_bar(Runtime(progress=ProgressForm.JSON)) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet", reading=2))
        step(Pause(exchange="binance", seconds=47.2, requests=60, window=60.0))

    assert [
        {"event": "place", "account": "main", "reading": 2, "done": 1, "total": 2, "place": "Funding wallet"},
        {"event": "waiting", "exchange": "binance", "seconds": 48, "requests": 60, "window": 60.0},
    ] == [json.loads(line) for line in shown.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        ([], ProgressForm.AUTO),
        (["--progress", "json"], ProgressForm.JSON),
        (["--progress=none"], ProgressForm.NONE),
        (["--no-progress"], ProgressForm.NONE),
        (["--progress", "loud"], ProgressForm.AUTO),
    ],
)
def test_the_option_chooses_the_form(arguments: list[str], form: ProgressForm) -> None:
    assert form is chosen_progress(arguments)


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_wait_is_counted_down_and_gone_when_it_is_over() -> None:
    clock = Clock()
    view = ProgressView(Translator(), clock)
    view.show(Progress(account="main", done=84, total=168, title="Deposits", reading=2))
    view.show(Pause(exchange="binance", seconds=48.0, requests=180000, window=60.0))
    view.show(Pause(exchange="binance", seconds=12.0, requests=180000, window=60.0))

    assert [
        "/ main [##########..........]  84/168 second reading, to confirm: Deposits",
        "/ waiting 48 s: Binance's rate limit",
    ] == view.lines()
    clock.now = 20.0
    assert "- waiting 28 s: Binance's rate limit" == view.lines()[-1]
    clock.now = 48.0
    assert 1 == len(view.lines())


def test_silence_that_an_exchange_asked_for_is_told_as_such() -> None:
    assert "OKX asked for a pause: 30 s left" == str(pause_text(Pause(exchange="okx", seconds=30.0), 30))
