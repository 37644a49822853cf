"""Readers: they turn a row of an answer into records.

A reader declares the strict fields that it uses.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from auditor.model.records import Record
from auditor.spec.blanks import AccountSetup
from auditor.spec.fields import Field, MalformedError, unreadable_row
from auditor.spec.parsed_row import Row


@dataclass(frozen=True, slots=True)
class Scope:
    """One request of a surface: the sub-account (``owner``) and further parameters.

    ``known``: values from the plan for the reader; never sent. ``by_eye``: codes, or kinds of trouble, of a refusal
    that proves nothing here, by what the plan knows, so that a person must check; ``needless``: codes of a refusal that
    leaves nothing unread, since another place showed the same, with the reason.
    """

    owner: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    by_eye: frozenset[str] = frozenset()
    needless: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may use in addition to its row. ``market``: parses a market row with ccxt."""

    setup: AccountSetup
    now: datetime
    scope: Scope
    market: Callable[[Mapping[str, object]], Mapping[str, Any] | None]


RowReader = Callable[[Row, Context], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one shape.

    ``fields``: the strict fields; no other field can be read strictly.
    """

    fields: tuple[Field, ...]
    read: RowReader

    def records(self, raw: object, context: Context) -> tuple[list[Record], list[MalformedError]]:
        """Return the records of one row, and what was not exactly understood in it.

        Whatever an odd row makes this program raise is such a doubt: it never hides another row.
        """
        doubts: list[MalformedError] = []
        records: list[Record] = []
        try:
            for record in self.read(Row(raw, self.fields, context.setup, doubts), context):
                records.append(record)  # noqa: PERF402 - those before an error are kept
        except MalformedError as error:
            doubts.append(error)
        except Exception as error:  # noqa: BLE001 - see above
            doubts.append(unreadable_row(error))
        return records, doubts


def reads(*fields: Field) -> Callable[[RowReader], Reader]:
    """Turn a function into a reader with these strict fields and no others."""
    return lambda read: Reader(fields, read)
