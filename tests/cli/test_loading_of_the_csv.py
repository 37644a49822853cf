"""What writing the CSV takes is loaded while the exchange is asked, and by nothing that asks no exchange."""

import threading
from pathlib import Path

import pytest

from auditor.cli.runtime import output
from auditor.model.account import Progress, ProgressEvent

STEP = Progress(account="mine", done=1, total=2, title="Funding wallet")


def test_loading_begins_with_the_first_step_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, shown = list[str](), list[ProgressEvent]()
    monkeypatch.setattr(output, "_load_dust", lambda: loaded.append("dust"))
    step = output.preload_dust_csv(output.OutputRequest(dust_csv=Path("dust.csv")), shown.append)
    assert [] == loaded
    step(STEP)
    step(STEP)
    for thread in threading.enumerate():
        if thread.name == "loading":
            thread.join()
    assert (["dust"], [STEP, STEP]) == (loaded, shown)


def test_nothing_is_loaded_where_no_csv_is_written() -> None:
    def shown(_step: ProgressEvent) -> None:
        """Nobody looks."""

    assert shown is output.preload_dust_csv(output.OutputRequest(dust_csv=None), shown)
