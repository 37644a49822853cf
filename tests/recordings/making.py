"""Recordings of demo accounts, made again: `python -m tests.recordings.making`.

With `--expect` the recordings in the folder stay, and only what they are expected to come to is written anew: read what
changed before you keep it.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from auditor import demo
from auditor.model.account import Options
from auditor.model.clock import frozen_clock
from auditor.recording.answers import Recording
from auditor.recording.archive import pack, unpack
from auditor.recording.outcome import outcome
from auditor.recording.record import Recorded, record
from auditor.recording.replay import replay
from tests.conftest import configured_account
from tests.recording import MOMENT
from tests.recordings.reported import REPORTED, Source

FOLDER = Path(__file__).parent / "archives"
SEED = 12


SOURCES = {
    "okx-messy": Source("messy"),
    "okx-plain": Source("plain"),
    "binance-messy": Source("binance-messy"),
    "kraken-messy": Source("kraken-messy"),
    **REPORTED,
}


def record_demo(source: Source, seed: int = SEED) -> Recorded:
    """Record a demo account at a moment that is always the same."""
    account = demo.account(source.account, now=MOMENT.timestamp())
    with (
        demo.serve([account], limits=False, clock=MOMENT.timestamp, fault=source.fault) as served,
        frozen_clock(MOMENT),
    ):
        return asyncio.run(record(configured_account(account, served), Options(pace=0), Random(seed)))


def archives() -> list[Path]:
    return sorted(FOLDER.glob("*.zip"))


def read(file: Path) -> Recording:
    return unpack(file.read_bytes(), file.name)


def main(arguments: list[str]) -> None:
    if arguments == ["--expect"]:
        for file in archives():
            recording = read(file)
            file.write_bytes(pack(replace(recording, expected=outcome(asyncio.run(replay(recording))))))
        return
    for name, source in SOURCES.items():
        (FOLDER / f"{name}.zip").write_bytes(pack(record_demo(source).recording))


if __name__ == "__main__":
    main(sys.argv[1:])
