"""Lists of a made-up exchange, in every way in which exchanges page: what is asked is answered out of one shelf."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from auditor.archive.fetching import Fetching
from auditor.archive.pages import RawRow, each_once
from auditor.archive.progress import Progress
from auditor.archive.raw import RawAnswer
from auditor.archive.state import ListState, State
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Numbered, Offset, Token, Windows
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import Ascending, PagedList, Partition, Reach, Single
from auditor.spec.rows import rows_in

NOW = datetime(2026, 11, 28, tzinfo=UTC)
START = int((NOW - timedelta(days=9)).timestamp() * 1000)
HOUR = 3_600_000
WINDOWS = Windows(span=timedelta(days=7), first=NOW - timedelta(days=30))
SIZE = 4
KINDS: Mapping[str, Mapping[str, Any]] = {
    "windows and tokens": {"pagination": Token(size=SIZE, next="next"), "windows": WINDOWS},
    "windows and tokens that may lack": {
        "pagination": Token(size=SIZE, next="next", may_lack=True),
        "windows": WINDOWS,
    },
    "windows and offsets": {"pagination": Offset(size=SIZE, total="total"), "windows": WINDOWS},
    "windows and page numbers": {"pagination": Numbered(size=SIZE, total=None), "windows": WINDOWS},
    "windows and ids": {"pagination": Cursor(cursor="after", key="n", size=SIZE), "windows": WINDOWS},
    "one window and offsets": {
        "pagination": Offset(size=SIZE, total="total"),
        "windows": replace(WINDOWS, span=timedelta(days=9999)),
    },
    "windows in halves": {"windows": WINDOWS, "paging": Single(size=9)},
    "page numbers in halves": {"pagination": Numbered(size=SIZE, total=None, most=2 * SIZE), "windows": WINDOWS},
    "rising windows": {
        "windows": WINDOWS,
        "paging": Ascending(cursor="startTime", key="time", size=SIZE),
        "oldest_first": True,
    },
    "tokens": {"pagination": Token(size=SIZE, next="next")},
    "offsets": {"pagination": Offset(size=SIZE)},
    "counted offsets": {"pagination": Offset(size=SIZE, total="total")},
    "page numbers": {"pagination": Numbered(size=SIZE)},
    "rising ids": {"paging": Ascending(cursor="fromId", key="n", size=SIZE), "oldest_first": True},
    "one page": {"timed": True},
}


def row(number: int, **more: str) -> dict[str, str]:
    """Rows 3, 4 and 5 are of one moment."""
    hours = 4 if number in {3, 5} else number
    return {"id": f"L{number * 7919 % 1000}", "n": str(number), "time": str(START + hours * 9 * HOUR), **more}


def rows(count: int) -> list[dict[str, str]]:
    return [row(number) for number in range(1, count + 1)]


@dataclass
class Shelf:
    """What the exchange has, oldest first. ``lose``: an answer by its number is torn; ``asked``: all parameters."""

    rows: list[dict[str, str]]
    rises: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, params: Mapping[str, str]) -> dict[str, Any]:
        self.asked.append(dict(params))
        first, last = int(params.get("startTime", 0)), int(params.get("endTime", 10**18))
        found = [one for one in self.rows if first <= int(one["time"]) <= last]
        found = [
            one for one in found if int(params.get("fromId", 0)) <= int(one["n"]) < int(params.get("after", 10**9))
        ]
        found = [one for one in found if one.get("symbol", "") == params.get("symbol", "")]
        found = found if self.rises else found[::-1]
        size = int(params.get("limit") or params.get("size") or 10**9)
        skip = int(params.get("offset") or params.get("cursor") or (int(params.get("current", 1)) - 1) * size)
        page = found[skip : skip + size]
        return {"rows": page, "total": str(len(found)), "next": str(skip + size) if skip + size < len(found) else ""}


def listed(kind: Mapping[str, Any], **more: Any) -> PagedList:
    endpoint = Endpoint(
        path="list",
        limit=Limit(1, 1),
        source="",
        rows=rows_in("rows"),
        pagination=kind.get("pagination"),
        windows=kind.get("windows"),
    )
    beside = {name: value for name, value in kind.items() if name not in {"pagination", "windows"}}
    fields = {"key": "id", "time": "time", "reach": Reach(words="", source=""), **beside, **more}
    return PagedList(id="list", title="List", endpoint=endpoint, **fields)


@dataclass
class Run:
    """One run of the program over one list in one folder."""

    folder: Path
    paged: PagedList
    shelf: Shelf
    now: datetime = NOW
    progress: Progress = field(default_factory=Progress)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.state = State.open(self.folder)
        # The disk itself is none of what is tested, and is slow.
        self.state.database.execute("PRAGMA synchronous = OFF")

    def fetch(self) -> Any:
        session = SimpleNamespace(ask=self._ask, time=lambda: self.now)
        fetching = Fetching(exchange(self.paged), cast("Any", session), self.state, None, self.progress, 0)
        return fetching.of(self.paged)

    async def _ask(self, endpoint: Endpoint, params: Mapping[str, str], kept: list[RawAnswer]) -> object:
        answer = self.shelf.answer(params)
        given = {"asked_at": "", "method": "GET", "path": endpoint.path, "params": dict(params), "status": 200}
        kept.append(RawAnswer(**given, date="", body=json.dumps(answer)))  # type: ignore[arg-type]
        return answer

    def first(self) -> ListState:
        return cast("ListState", asyncio.run(self.fetch().first_run()))

    def newer(self) -> int:
        self.now += timedelta(days=20)
        return cast("int", asyncio.run(self.fetch().newer_rows()))

    def read(self) -> list[tuple[str, str]]:
        """Return the number and the source of each row, as the tables get them."""
        found: Iterator[Any] = each_once(self.folder, self.paged, exchange(self.paged))
        return [
            (cast("dict[str, str]", one.row)["n"], one.source) if isinstance(one, RawRow) else (str(one.reason), "")
            for one in found
        ]

    def numbers(self) -> list[int]:
        return [int(number) for number, _source in self.read()]


def exchange(paged: PagedList) -> Exchange:
    history = History(ledgers=(cast("Ledger", paged),))
    return cast("Exchange", SimpleNamespace(api=SimpleNamespace(unwrap=lambda data: data), history=history, name="X"))


BY_SYMBOL = Partition(parameter="symbol", values=("A", "B", "C"), field="symbol")
