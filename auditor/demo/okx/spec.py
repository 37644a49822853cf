"""The types of OKX's table: rate limit, parameters, filters and pagination of an endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ALL_MODES = frozenset("1234")


@dataclass(frozen=True)
class Bound:
    """A parameter that keeps the rows whose number in `field` has that relation to the parameter's value."""

    param: str
    field: str
    relation: str


@dataclass(frozen=True)
class Endpoint:
    """One endpoint, as documented.

    `limit` is (requests, seconds). `required` are the parameters that must be there, `choices` those with a closed list
    of values, `filters` those that keep the rows with that value in the field of the same name, `selects` likewise, but
    the field is no part of an answer. `order` is the field that rows are sorted by, newest first; `page` the largest
    page of an endpoint with bounds. `live_only` has no demo trading, `split_by` counts the limit per value of that
    parameter, and `empty_code` is the code of an undocumented endpoint for accounts that have nothing there. `reach` is
    the number of days, by `ts`, that the list goes back, 0 for all.
    """

    path: str
    limit: tuple[int, float]
    required: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    selects: tuple[str, ...] = ()
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()
    order: str = ""
    page: int = 100
    modes: frozenset[str] = ALL_MODES
    main_only: bool = False
    live_only: bool = False
    public: bool = False
    split_by: str = ""
    empty_code: str = ""
    reach: int = 0


def one_of(values: str) -> frozenset[str]:
    """Read a closed list of values, written with blanks between."""
    return frozenset(values.split())


def after_before(field: str) -> tuple[Bound, ...]:
    """Page as most of OKX does: `after` for older and `before` for newer rows, both without the row that is named."""
    return Bound("after", field, "<"), Bound("before", field, ">")


def begin_end_id(field: str) -> tuple[Bound, ...]:
    """Page as block and spread trading do: `endId` for older, `beginId` for newer rows, both without the one named."""
    return Bound("endId", field, "<"), Bound("beginId", field, ">")


def begin_end(field: str) -> tuple[Bound, ...]:
    """Ask for a window of time, both ends within."""
    return Bound("begin", field, ">="), Bound("end", field, "<=")


def after_until(field: str) -> tuple[Bound, ...]:
    """Page as fiat orders do, contrary to the rest: `after` begins and `before` ends the window, both inclusive."""
    return Bound("after", field, ">="), Bound("before", field, "<=")
