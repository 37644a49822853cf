"""An audit asks one clock, so that a replay can be made at the time of its recording."""

from datetime import UTC, datetime
from pathlib import Path

import auditor
from auditor.model.clock import frozen_clock, now

ROOT = Path(auditor.__file__).parent
ASKING = ("transport", "exchanges", "audit")
# The name of a folder for raw answers, and the time at which each came: a replay writes neither.
OTHERS = {"evidence.py"}


def test_no_part_of_an_audit_asks_another_clock() -> None:
    files = (file for folder in ASKING for file in (ROOT / folder).rglob("*.py") if file.name not in OTHERS)
    assert [] == [file.name for file in files if "datetime.now(" in file.read_text(encoding="utf-8")]


def test_a_clock_that_stands_still_goes_on_afterwards() -> None:
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    with frozen_clock(moment):
        assert (moment, moment) == (now(), now())
    assert now() > moment
