"""Recordings of demo accounts, made again: `python -m tests.recordings.making`.

With `--expect` the recordings in the folder stay, and only what they are expected to come to is written anew: read what
changed before you keep it.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from auditor import demo
from auditor.model.account import Options
from auditor.model.clock import frozen_clock
from auditor.recording.answers import Recording
from auditor.recording.archive import packed, unpacked
from auditor.recording.outcome import outcome
from auditor.recording.record import Recorded, record
from auditor.recording.replay import replay
from tests.conftest import configured_account
from tests.recording import MOMENT

FOLDER = Path(__file__).parent / "archives"
SEED = 12


@dataclass(frozen=True)
class Source:
    """A demo account, with the bodies that it answers at some paths: texts as they are, anything else as JSON."""

    account: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    status: Mapping[str, int] = field(default_factory=dict)

    def fault(self, call: demo.Call) -> demo.Reply | None:
        if call.path not in self.answers:
            return None
        body = self.answers[call.path]
        raw = body if isinstance(body, str) else json.dumps(body)
        return demo.Reply(body=raw.encode(), status=self.status.get(call.path, 200))


# The trading account of an OKX account in spot mode that cannot borrow, as such accounts answer: debts are blank.
SPOT_MODE = {
    "code": "0",
    "msg": "",
    "data": [
        {
            "adjEq": "",
            "imr": "",
            "isoEq": "0",
            "mmr": "",
            "totalEq": "3861.42",
            "uTime": "1782820000123",
            "details": [
                {
                    "ccy": "USDT",
                    "cashBal": "3861.416072",
                    "eq": "3861.416072",
                    "availBal": "3861.416072",
                    "availEq": "",
                    "frozenBal": "0",
                    "ordFrozen": "0",
                    "stgyEq": "0",
                    "isoEq": "0",
                    "fixedBal": "0",
                    "rewardBal": "",
                    "spotIsoBal": "0",
                    "liab": "",
                    "crossLiab": "",
                    "isoLiab": "",
                    "interest": "",
                    "borrowFroz": "",
                    "upl": "",
                    "uplLiab": "",
                    "smtSyncEq": "0",
                    "spotCopyTradingEq": "0",
                    "autoLendMtAmt": "0",
                }
            ],
        }
    ],
}

SOURCES = {
    "okx-messy": Source("messy"),
    "okx-plain": Source("plain"),
    "okx-spot-mode": Source("spot", {"account/balance": SPOT_MODE}),
    "binance-messy": Source("binance-messy"),
    "kraken-messy": Source("kraken-messy"),
}


def made(source: Source, seed: int = SEED) -> Recorded:
    """Record a demo account at a moment that is always the same."""
    account = demo.account(source.account, now=MOMENT.timestamp())
    with (
        demo.serve([account], limits=False, clock=MOMENT.timestamp, fault=source.fault) as served,
        frozen_clock(MOMENT),
    ):
        return asyncio.run(record(configured_account(account, served.url), Options(pace=0), Random(seed)))


def archives() -> list[Path]:
    return sorted(FOLDER.glob("*.zip"))


def read(file: Path) -> Recording:
    return unpacked(file.read_bytes(), file.name)


def main(arguments: list[str]) -> None:
    if arguments == ["--expect"]:
        for file in archives():
            recording = read(file)
            file.write_bytes(packed(replace(recording, expected=outcome(asyncio.run(replay(recording))))))
        return
    for name, source in SOURCES.items():
        (FOLDER / f"{name}.zip").write_bytes(packed(made(source).recording))


if __name__ == "__main__":
    main(sys.argv[1:])
