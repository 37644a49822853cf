"""How a row of an answer becomes records. A reader declares its fields: what it reads is what is strict."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from auditor.model.records import Record
from auditor.spec.fields import Field, Row


@dataclass(frozen=True, slots=True)
class Scope:
    """One request of a surface: for which sub-account (``owner``), with which further parameters.

    ``known``: what the plan found and the reader needs; never sent.
    """

    owner: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may know beside its row. ``market``: ccxt's own reading of a market row."""

    mode: str | None
    now: datetime
    scope: Scope
    market: Callable[[Mapping[str, object]], Mapping[str, Any] | None]


RowReader = Callable[[Row, Context], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one shape. ``fields``: the strict ones; a field that is not among them cannot be read strictly."""

    fields: tuple[Field, ...]
    read: RowReader

    def records(self, raw: object, context: Context) -> list[Record]:
        """Return the records of one row. Raises Malformed for a row that is not exactly understood."""
        return list(self.read(Row(raw, self.fields, context.mode), context))


def reads(*fields: Field) -> Callable[[RowReader], Reader]:
    """Make a reader of a function, which may read these fields strictly and no others."""
    return lambda read: Reader(fields, read)
