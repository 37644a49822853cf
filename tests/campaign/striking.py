"""From a cell to the fault that the demo exchange shows, and whether it found anything to strike."""

from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Call, Fault, Reply
from auditor.wire.surface import Paging, Surface
from tests.campaign import fields
from tests.campaign.answers import FOR_EVER, ONCE, Answer
from tests.campaign.cells import LEFT_OUT, PAGES, SURFACES, Cell
from tests.okx.samples import LOOK_BY_EYE, SAMPLES, Row
from tests.okx.surfaces import only_at

Edit = Callable[[dict[str, Any]], Any]


class Strike:
    """The fault of one cell. ``struck``: how often it changed an answer."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.surface: Surface = SURFACES[cell.surface]
        self.struck = 0
        self.fault: Fault = only_at(self.surface, self._answer())

    def _answer(self) -> Answer:
        fault = self.cell.fault
        whole = ONCE.get(fault) or FOR_EVER.get(fault)
        if whole is not None:
            answer = whole()
            return lambda call: self._counted(answer(call))
        if fault in PAGES:
            return self._page
        edit = self._leave_out if fault == LEFT_OUT else self._spoil
        return lambda _call: Reply(edit=edit)

    def _counted(self, reply: Reply | None) -> Reply | None:
        self.struck += reply is not None
        return reply

    def _page(self, call: Call) -> Reply | None:
        """Faults of the second page and those after it."""
        paging = self.surface.paging
        if not isinstance(paging, Paging) or paging.cursor not in call.query:
            return None
        self.struck += 1
        if self.cell.fault == "page empty":
            return Reply(edit=lambda body: {**body, "data": self._no_rows(body["data"])})
        if self.cell.fault == "page lost":
            return Reply(edit=lambda body: {**body, "data": body["data"][1:]})
        if self.cell.fault == "page repeated":
            del call.query[paging.cursor]
            return None
        call.query[paging.cursor] = "99999999999999999999"
        return None

    def _no_rows(self, _data: object) -> list[object]:
        return []

    def _leave_out(self, body: dict[str, Any]) -> dict[str, Any]:
        """The exchange does not show the one thing, as if it were not there."""
        gone = [row for row in fields.rows_of(self.surface, body) if self._is_the_one(row)]
        self.struck += len(gone)
        return {**body, "data": _without(body["data"], gone)}

    def _spoil(self, body: dict[str, Any]) -> dict[str, Any]:
        rows = fields.rows_of(self.surface, body)
        chosen = [row for row in rows if self._is_the_one(row)] if self.cell.holding else rows[:1]
        place = next(place for place in fields.places(self.surface.proves) if place.name == self.cell.field)
        change = {**fields.breaking(place), **fields.BLANK, **fields.changing(place)}[self.cell.fault]
        self.struck += sum(fields.spoil(row, place.path, change) for row in chosen)
        return body

    def _is_the_one(self, row: Mapping[str, Any]) -> bool:
        sample = SAMPLES.get(self.cell.surface) or LOOK_BY_EYE.get(self.cell.surface)
        if sample is None or sample.finished is None:
            return True
        return any(_alike(row, one, sample.finished) for one in sample.rows)


def _alike(row: Mapping[str, Any], one: Row, finished: Row) -> bool:
    """Whether ``row`` is the one thing: told by what every finished row has otherwise."""
    return all(row.get(name) == value for name, value in one.items() if finished.get(name) != value)


def _without(data: object, gone: list[dict[str, Any]]) -> object:
    if isinstance(data, list):
        return [_without(each, gone) for each in data if not any(each is row for row in gone)]
    if isinstance(data, dict):
        return {name: _without(value, gone) for name, value in data.items()}
    return data
