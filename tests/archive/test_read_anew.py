"""A list that is read once more is read in place of all that was read of it: no older state of a row outlives it."""

import asyncio
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from auditor.archive.fetch import ListFetch
from auditor.archive.raw import RawAnswer, answers, places
from auditor.archive.state import ListState, State, Status


class OneAnswer(ListFetch):
    """Each run comes to its end with one answer."""

    def _next_run(self, here: ListState) -> ListState:
        return here

    async def _attempt(self) -> None:
        here = self.state.list_state(self.ledger.id)
        told: dict[str, Any] = {"asked_at": "", "method": "GET", "path": "/p", "params": {}, "status": 200, "date": ""}
        self._kept.append(RawAnswer(**told, body="[]"))
        self._write(replace(here, rows=here.rows + 1, status=Status.ENDED))


def test_a_list_that_is_read_once_more_keeps_nothing_of_earlier_runs(tmp_path: Path) -> None:
    listed = cast("Any", SimpleNamespace(id="deposits", oldest_first=False))
    state = State.open(tmp_path)
    fetch = OneAnswer(listed, cast("Any", None), state, None, lambda *_told: None)

    async def read() -> None:
        await fetch.first_run()
        await fetch.newer_rows()
        await fetch.anew()
        await fetch.newer_rows()

    asyncio.run(read())
    files = sorted(tmp_path.rglob("*.gz"))
    assert ["000.jsonl.gz", "001.jsonl.gz"] == [path.name for path in files]
    assert [1, 1] == [len(list(answers(path, places(path)))) for path in files]
    assert 2 == state.list_state("deposits").rows
