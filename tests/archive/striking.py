"""Faults in the rows and pages of one list, as a demo exchange answers them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from auditor.demo.faults import Call, Reply

Rows = list[dict[str, Any]]
Edit = Callable[[Rows], Rows]
CURSORS = ("after", "endId", "before", "end", "endTs")
"""The parameters by which OKX's lists are paged."""


@dataclass
class Striking:
    """A fault at one list: ``edit`` changes the rows of a page, every time that the page is asked for.

    ``page``: the number of the page, by the cursors in the order in which they came first; ``params``: those of the
    list, where a path has several.
    """

    path: str
    page: int
    edit: Edit
    params: Mapping[str, str] = field(default_factory=dict)
    struck: int = 0
    _seen: list[str] = field(default_factory=list)

    def __call__(self, call: Call) -> Reply | None:
        if call.path != self.path or not self.params.items() <= call.query.items():
            return None
        cursor = next((call.query[name] for name in CURSORS if name in call.query), "")
        self._seen += [] if cursor in self._seen else [cursor]
        return Reply(edit=self._edited) if self._seen.index(cursor) == self.page else None

    def _edited(self, body: Any) -> Any:
        rows = self.edit(list(body["data"]))
        self.struck += rows != body["data"]
        return {**body, "data": rows}


def lose(place: int) -> Edit:
    return lambda rows: rows[:place] + rows[place + 1 :]


def double(place: int) -> Edit:
    return lambda rows: rows[: place + 1] + rows[place:]


def swap(place: int) -> Edit:
    def edit(rows: Rows) -> Rows:
        other = min(place + 1, len(rows) - 1) if place else 1
        rows[place], rows[other] = rows[other], rows[place] if other != place else rows[place - 1]
        return rows

    return edit


def alter(name: str) -> Callable[[int], Edit]:
    def at(place: int) -> Edit:
        def edit(rows: Rows) -> Rows:
            row = rows[place]
            rows[place] = {**row, name: format(Decimal(row[name]) + Decimal("1E-18"), "f")}
            return rows

        return edit

    return at


def as_float(name: str) -> Callable[[int], Edit]:
    """A number as a float that lost its last digits."""

    def at(place: int) -> Edit:
        def edit(rows: Rows) -> Rows:
            row = rows[place]
            rows[place] = {**row, name: json.loads(json.dumps(float(row[name]) + 0.001))}
            return rows

        return edit

    return at


def blank(name: str) -> Callable[[int], Edit]:
    return lambda place: lambda rows: [*rows[:place], {**rows[place], name: ""}, *rows[place + 1 :]]
