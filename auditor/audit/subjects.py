"""Subjects that several records of one place share: each record that holds something keeps a name of its own.

Exchanges use one id for both sides of a market in hedge mode, or list one coin twice. The subject tells holdings apart
in findings, in a history and in a letter: under one name only the first would be reported.
"""

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.records import Record
from auditor.model.snapshot import NotApplicable, Reading, seen_records

Taken = dict[tuple[str, str | None, type[Record], str], list[Record]]


def with_own_subjects(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings of one account; a record that only repeats another one of its place keeps its name."""
    taken: Taken = {}
    return tuple(_renamed(reading, taken) for reading in readings)


def _renamed(reading: Reading, taken: Taken) -> Reading:
    if isinstance(reading.result, NotApplicable):
        return reading
    before = seen_records(reading.result)
    after = tuple(_named(record, reading.surface, taken) for record in before)
    return reading if after == before else replace(reading, result=replace(reading.result, records=after))


def _named(record: Record, surface: str, taken: Taken) -> Record:
    if not record.holds:
        return record
    known = taken.setdefault((surface, record.owner, type(record), record.subject), [])
    if record not in known:
        known.append(record)
    number = known.index(record) + 1
    return record if number == 1 else replace(record, subject=f"{record.subject} ({number})")
