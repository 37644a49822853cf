"""The types of Bybit's endpoints: limit, parameters, filters, page and window of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """A list by token: the parameters of token and size, the token's name in an answer, default and largest size.

    `last` is the token that the last page has; `trails`: a page with rows has another one, which the next page has not.
    """

    cursor: str = "cursor"
    size: str = "limit"
    following: str = "nextPageCursor"
    default: int = 20
    most: int = 50
    last: str = ""
    trails: bool = False


@dataclass(frozen=True)
class Numbers:
    """A list by page number: the parameters of number and size, default and largest size.

    `total` is the name of the row count in an answer, "" where there is none; `required`: both must be there.
    """

    number: str
    size: str
    default: int = 20
    most: int = 100
    total: str = ""
    required: bool = False


@dataclass(frozen=True)
class Span:
    """A window of time: the rows' field, the most days of a request, and the days of one without times.

    `unit`, `asked`: milliseconds in one of the field's, and of the parameters'; `default` None: all time; `inclusive`:
    a row of the end's moment is within; `kept`: days after which a row is gone, None for never.
    """

    field: str
    most: float | None = None
    default: float | None = None
    unit: int = 1
    asked: int = 1
    start: str = "startTime"
    end: str = "endTime"
    inclusive: bool = False
    kept: float | None = None


@dataclass(frozen=True)
class Days:
    """So many days up to now, by the parameter `days`: the rows' field, the most days, and those without it.

    `unit`: milliseconds in one of the field's.
    """

    field: str
    most: int
    default: int
    unit: int = 1


@dataclass(frozen=True)
class Endpoint:
    """One endpoint, as documented.

    `limit` is (requests, seconds). `name` is the list's name in `result`, "" for a bare list. `right` is the permission
    that the key needs. `required` are the parameters that must be there, `choices` those with a closed list of values;
    `filters` keep the rows with that value in the field of that name; `selects` likewise, by a field with an underscore
    before its name, which is no part of an answer. `hidden` are states that are listed only when they are asked for.
    """

    name: str = "list"
    limit: tuple[int, float] = (10, 1)
    right: str = ""
    required: tuple[str, ...] = ()
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    selects: tuple[str, ...] = ()
    page: Page | Numbers | None = None
    span: Span | Days | None = None
    hidden: frozenset[str] = frozenset()
    main_only: bool = False


def one_of(values: str) -> frozenset[str]:
    """Read a closed list of values, written with blanks between."""
    return frozenset(values.split())
