"""From a cell of the campaign at exchanges without a table to the fault that the exchange shows."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from auditor.demo import Call as Request
from auditor.demo import Reply
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.spec import UnifiedCall
from tests.fault_injection.unified_answers import ERROR, ERRORS, FIGURES, HARMLESS, LASTING, ONCE, PASSING, ROW_FIGURES

MOMENT = re.compile(r"\d{13}")


@dataclass(frozen=True, order=True)
class UnifiedCell:
    """One place of one exchange under one fault."""

    exchange: str
    place: str
    fault: str

    def __str__(self) -> str:
        return f"{self.exchange} | {self.place} | {self.fault}"


def calls_of(exchange: str) -> dict[str, UnifiedCall]:
    """The places that unified methods read at an exchange, by id."""
    told = facts.load_spec(exchange)
    assert told is not None
    return {call.id: call for call in told.calls}


class UnifiedStrike:
    """The fault of one cell. ``struck``: how often it changed an answer; ``paths``: whose; ``row``: the only one.

    ``rows``: those of which one is to be struck.
    """

    def __init__(self, cell: UnifiedCell, rows: Collection[frozenset[str]] = ()) -> None:
        self.cell = cell
        self.call = calls_of(cell.exchange).get(cell.place)
        self.struck = 0
        self.paths: set[str] = set()
        self.rows = rows
        self.row: frozenset[str] | None = None

    def __call__(self, request: Request) -> Reply | None:
        fault = self.cell.fault
        if self.call is not None and not fnmatchcase(request.path, self.call.at):
            return None
        self.paths.add(request.path)
        if fault in FIGURES or fault in ROW_FIGURES:
            return Reply(edit=self._spoilt)
        if fault in ONCE and self.struck:
            return None
        self.struck += 1
        name = fault.removesuffix(", once")
        return ERRORS[self.cell.exchange] if fault == ERROR else {**PASSING, **LASTING, **HARMLESS}[name]

    def _spoilt(self, body: Any) -> Any:
        body = json.loads(json.dumps(body))
        self._spoil(body)
        return body

    def _spoil(self, body: Any) -> None:
        """Put the fault in the place of each figure that proves a holding, of all rows or of the first."""
        found = list(self._figures(body))
        if found and self._is_struck(leaves(body)):
            for holds, name in found:
                holds[name] = {**FIGURES, **ROW_FIGURES}[self.cell.fault]
                self.struck += 1
        for inner in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
            self._spoil(inner)

    def _figures(self, row: Any) -> Iterator[tuple[dict[str, Any], str]]:
        """What holds a figure of this row, and its name there."""
        assert self.call is not None
        for *above, name in (name.removesuffix("?").split(".") for name in self.call.figures):
            holds = _inside(row, above)
            if isinstance(holds, dict) and isinstance(holds.get(name), str):
                yield holds, name

    def _is_struck(self, row: frozenset[str]) -> bool:
        """Whether this row is one to strike: every one, or the first of the place's own, whenever it comes."""
        if self.cell.fault in FIGURES:
            return True
        if self.row is None and row in self.rows:
            self.row = row
        return row == self.row


def leaves(row: Any, path: str = "") -> frozenset[str]:
    """A row as the texts of its values, but for moments: what tells it from others in any audit."""
    inside = row.items() if isinstance(row, Mapping) else enumerate(row) if isinstance(row, list) else None
    if inside is None:
        return frozenset({f"{path}: {row}"} if not MOMENT.fullmatch(str(row)) else ())
    return frozenset().union(*(leaves(value, f"{path}.{name}") for name, value in inside))


def _inside(body: Any, path: list[str]) -> Any:
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body
