"""From a cell to the fault that the demo exchange shows, and whether it found anything to strike."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import Any

from auditor.demo import Call, Reply
from auditor.spec.endpoint import Cursor, Endpoint, Numbered, Offset, Token
from tests.exchanges import spoiling
from tests.exchanges.places import Answer
from tests.fault_injection.beside import NOTHING_BESIDE, Beside
from tests.fault_injection.cells import LEFT_OUT, PAGED, Cell

NO_PART_OF_A_LIST = ("timestamp", "signature", "nonce")


class Strike:
    """The fault of one cell. ``struck``: how often it changed an answer; ``broken``: why it could not.

    ``beside``: what stands beside the one thing and is not struck; ``spoilt``: the objects whose field was changed, as
    they were before.
    """

    def __init__(self, cell: Cell, beside: Beside = NOTHING_BESIDE) -> None:
        self.cell = cell
        self.beside = beside
        self.spoilt: list[dict[str, Any]] = []
        self.venue = cell.venue
        self.endpoint = cell.asked.endpoint
        self.struck = 0
        self.broken: Exception | None = None
        self._firsts: dict[tuple[tuple[str, str], ...], Any] = {}
        self._fault = self.venue.table.only_at(cell.place, self._answer())

    @property
    def strict(self) -> spoiling.StrictField:
        """The field that is struck."""
        return next(one for one in spoiling.strict_fields(self.cell.asked.fields) if one.name == self.cell.field)

    def fault(self, call: Call) -> Reply | None:
        """What the demo exchange asks of each request."""
        reply: Reply | None = self._tried(self._fault, call)
        edit = reply.edit if reply else None
        return reply if reply is None or edit is None else replace(reply, edit=partial(self._tried, edit))

    def _tried(self, change: Callable[[Any], Any], what: Any) -> Any:
        """Take note of an error of the campaign's own: the program would take it for one of the exchange's."""
        try:
            return change(what)
        except Exception as error:
            self.broken = error
            raise

    def _answer(self) -> Answer:
        fault = self.cell.fault
        lasting = {**self.venue.harmless, **self.venue.for_ever(self.endpoint)}
        whole = self.venue.once.get(fault) or lasting.get(fault)
        if whole is not None:
            answer = whole()
            return lambda call: self._counted(answer(call))
        if fault in PAGED:
            return self._page
        edit = self._leave_out if fault == LEFT_OUT else self._spoil
        return lambda _call: Reply(edit=edit)

    def _counted(self, reply: Reply | None) -> Reply | None:
        if reply is not None and reply.edit is not None:
            return Reply(edit=self._counting(reply.edit))
        self.struck += reply is not None
        return reply

    def _counting(self, edit: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """The edit, which strikes only where it changes anything."""

        def edited(body: Any) -> Any:
            after = edit(json.loads(json.dumps(body)))
            self.struck += after != body
            return after

        return edited

    def _page(self, call: Call) -> Reply | None:
        """Faults of the second page and those after it."""
        fault = self.cell.fault
        name, first = _position(self.endpoint)
        if call.query.get(name, first) == first:
            return Reply(edit=lambda body: self._keep(call, name, body)) if fault == "page repeated" else None
        self.struck += 1
        if fault == "page repeated":
            return Reply(edit=lambda body: self._firsts.get(_list_of(call, name), body))
        if fault in {"page empty", "page lost"}:
            return Reply(edit=lambda body: self._shortened(body, 1 if fault == "page lost" else None))
        call.query[name] = "99999999999999999999"
        return None

    def _keep(self, call: Call, name: str, body: Any) -> Any:
        return self._firsts.setdefault(_list_of(call, name), body)

    def _shortened(self, body: Any, count: int | None) -> Any:
        """The page without so many of its first rows, or without any."""
        data = self.venue.faults.data_of(body)
        return self.venue.faults.with_data(body, _without(data, spoiling.rows_of(self.endpoint, data)[:count]))

    def _leave_out(self, body: Any) -> Any:
        """The exchange does not show the one thing, as if it were not there."""
        data = self.venue.faults.data_of(body)
        gone = [row for row in spoiling.rows_of(self.endpoint, data) if self._is_the_one(row) and row is not data]
        self.struck += len(gone)
        return self.venue.faults.with_data(body, _counted_again(self.endpoint, _without(data, gone), len(gone)))

    def _spoil(self, body: Any) -> Any:
        found = spoiling.rows_of(self.endpoint, self.venue.faults.data_of(body))
        rows = [row for row in found if self.venue.faults.is_its_own(self.cell.place, row)]
        chosen = [row for row in rows if self._is_the_one(row)] if self.cell.holding else rows[:1]
        strict = self.strict
        change = {**spoiling.breaking(strict), **spoiling.BLANK, **spoiling.changing(strict)}[self.cell.fault]
        self.spoilt += (deepcopy(each) for row in chosen for each in spoiling.holders(row, strict.path))
        self.struck += sum(spoiling.spoil(row, strict.path, change) for row in chosen)
        return body

    def _is_the_one(self, row: Mapping[str, Any]) -> bool:
        return self.venue.is_the_one(self.cell.place, dict(row)) and not self.beside.is_in(row)


def _position(endpoint: Endpoint) -> tuple[str, str | None]:
    """The parameter that says where a page begins, and its value for the first one."""
    paging = endpoint.pagination
    if isinstance(paging, Numbered):
        return paging.number, "1"
    if isinstance(paging, Offset):
        return paging.skip, "0"
    if isinstance(paging, Token):
        return paging.parameter, endpoint.queries[0].params.get(paging.parameter)
    assert isinstance(paging, Cursor)
    return paging.cursor, None


def _list_of(call: Call, position: str) -> tuple[tuple[str, str], ...]:
    """What tells the pages of one list from those of another."""
    return tuple(sorted((k, v) for k, v in call.query.items() if k not in {position, *NO_PART_OF_A_LIST}))


def _counted_again(endpoint: Endpoint, data: Any, gone: int) -> Any:
    """The exchange's own count of the rows, without those that are gone."""
    path = getattr(endpoint.pagination, "total", None) or "total"
    *above, name = path.split(".")
    place = data
    for part in above:
        place = place.get(part) if isinstance(place, dict) else None
    if gone and isinstance(place, dict) and isinstance(place.get(name), int | str):
        place[name] = type(place[name])(int(place[name]) - gone)
    return data


def _without(data: object, gone: list[dict[str, Any]]) -> object:
    if isinstance(data, list):
        return [_without(each, gone) for each in data if not any(each is row for row in gone)]
    if isinstance(data, dict):
        return {name: _without(value, gone) for name, value in data.items()}
    return data
