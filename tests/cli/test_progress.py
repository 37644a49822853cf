"""The progress bar: on a terminal only, and safe from what an exchange calls things."""

import io
import sys

import pytest

from auditor.cli.runtime.progress import progress_bar
from auditor.cli.runtime.reader import Runtime
from auditor.model.account import Progress


class Terminal(io.StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


def test_nobody_is_shown_progress_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)

    with progress_bar(Runtime()) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet"))

    assert "" == shown.getvalue()


def test_a_terminal_shows_each_account_with_its_place_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")

    with progress_bar(Runtime()) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet"))
        step(Progress(account="sub", done=2, total=3, title="[red]\x1b]0;x\x07"))

    assert "main: Funding wallet" in shown.getvalue()
    assert "1/2" in shown.getvalue()
    assert r"sub: [red]\x1b]0;x\x07" in shown.getvalue()


def test_no_progress_draws_nothing_in_a_terminal_either(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)

    with progress_bar(Runtime(progress=False)) as step:
        step(Progress(account="main", done=1, total=2, title="Funding wallet"))

    assert "" == shown.getvalue()
