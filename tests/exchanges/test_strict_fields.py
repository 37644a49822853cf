"""Every strict field of every reader is strict, and is what the reader reads: no more, and no less."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from auditor.demo import Account
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Trouble, Unread
from auditor.spec.blanks import AccountSetup
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, UndeclaredFieldError, text
from auditor.spec.parsed_row import Row
from tests.exchanges import spoiling
from tests.exchanges.bench import Bench
from tests.exchanges.findings import blockers
from tests.exchanges.places import area_of, table
from tests.exchanges.replay import Recording, record
from tests.exchanges.samples import load_samples, sampled
from tests.exchanges.spoiling import Spoil, StrictField

EXCHANGES = sampled()
PLACES = [(exchange, name) for exchange in EXCHANGES for name in load_samples(exchange).described]
READABLE = [(exchange, name) for exchange, name in PLACES if name not in load_samples(exchange).unreadable]
STRICT = [(exchange, name) for exchange, name in READABLE if table(exchange).places[name].fields]
HELD = [(exchange, name) for exchange in EXCHANGES for name in load_samples(exchange).holding_places]
Accounts = Callable[[str], tuple[Account, ...]]
NOT_UNDERSTOOD = {Trouble.MALFORMED, Trouble.PAGES}


def state_fields(exchange: str, place: str) -> list[str]:
    """The strict fields of a sample's row that say in which state it is."""
    fields, (row, *_more) = table(exchange).places[place].fields, load_samples(exchange).samples[place].rows
    return [one.name for one in fields if one.name in row and one.name.lower().endswith(spoiling.STATES)]


WITH_A_STATE = [(exchange, name) for exchange, name in HELD if state_fields(exchange, name)]


def recordings(shared: Bench, exchange: str, place: str) -> Iterator[Recording]:
    """The place read where it holds something, where it held something, and where it is asked only."""
    samples = load_samples(exchange)
    accounts = [samples.holding, samples.finished] if place in samples.all else []
    yield from (recorded(shared, exchange, place, some) for some in (*accounts, samples.asked) if some(place))


@cache
def recorded(shared: Bench, exchange: str, place: str, accounts: Accounts) -> Recording:
    """The place read once in the accounts that there are for it: tests change copies of the answers."""
    return record(shared, exchange, place, *accounts(place))


def spoils(strict: StrictField) -> Iterator[tuple[str, Spoil]]:
    """Everything that makes the field something which is not what the table says."""
    yield from spoiling.breaking(strict).items()
    yield from spoiling.BLANK.items()


class Spoiling:
    """Changes one field in each row that may not be so; ``struck``: in how many."""

    def __init__(self, strict: StrictField, change: Spoil, *, fault: str, setup: AccountSetup) -> None:
        self._strict, self._change, self._fault, self._setup = strict, change, fault, setup
        self.struck = 0

    def __call__(self, endpoint: Endpoint, data: object) -> None:
        for row in spoiling.rows_of(endpoint, data):
            self.struck += self._spoil(row, self._strict.path)

    def _spoil(self, row: dict[str, Any], path: tuple[str, ...]) -> int:
        head, *rest = path
        if rest:
            below = row.get(head)
            inner = below if isinstance(below, list) else [below]
            return sum(self._spoil(one, tuple(rest)) for one in inner if isinstance(one, dict))
        if self._fault in spoiling.BLANK and spoiling.blank_is_normal(self._strict, row, self._setup, self._fault):
            return 0
        return int(spoiling.spoil(row, path, self._change))


def lenient(recording: Recording, strict: StrictField) -> Iterator[str]:
    """Whatever may stand in the field and is read all the same; "never there" for a field that no row has."""
    (first, *_more) = recording.readings
    struck = 0
    for name, change in spoils(strict):
        spoiled = Spoiling(strict, change, fault=name, setup=first.setup)
        results = recording.read(spoiled)
        struck += spoiled.struck
        if spoiled.struck and not any(isinstance(r, Unread) and r.trouble in NOT_UNDERSTOOD for r in results):
            yield f"{strict.name}: {name}"
    if not struck:
        yield f"{strict.name}: never there"


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), STRICT)
def test_a_strict_field_that_is_not_understood_leaves_its_place_unread(
    shared: Bench, exchange: str, place: str
) -> None:
    recording = next(recordings(shared, exchange, place))
    excused = load_samples(exchange).not_in_answers.get(place, {})
    found = [
        said
        for one in spoiling.strict_fields(table(exchange).places[place].fields)
        if one.name not in excused
        for said in lenient(recording, one)
    ]
    assert [] == found


Names = set[tuple[frozenset[str], str]]
REAL, REAL_TEXT, REAL_AMOUNT = Row._value, Row.text, Row.amount


@contextmanager
def asked_for(names: Names) -> Iterator[None]:
    """Note each field that a reader asks for within the block, beside its row's others."""

    def value(row: Row, name: str) -> object:
        names.add((frozenset(row._values), name))
        return REAL(row, name)

    def text(row: Row, name: str) -> str:
        names.add((frozenset(row._values), name))
        return REAL_TEXT(row, name)

    def amount(row: Row, name: str) -> Decimal:
        names.add((frozenset(row._values), name))
        return REAL_AMOUNT(row, name)

    with patch.object(Row, "_value", value), patch.object(Row, "text", text), patch.object(Row, "amount", amount):
        yield


def declared(fields: tuple[Field, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[frozenset[str], str, str]]:
    """Each declared field, as `asked_for` notes it, and its path."""
    names = frozenset(one.name for one in fields)
    for one in fields:
        yield names, one.name, ".".join((*above, one.name))
        yield from declared(one.of, (*above, one.name))


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), READABLE)
def test_a_reader_reads_every_field_that_it_declares_and_no_other(shared: Bench, exchange: str, place: str) -> None:
    fields = table(exchange).places[place].fields
    excused, asked = set(load_samples(exchange).proof_only.get(place, {})), Names()
    for recording in recordings(shared, exchange, place):
        with asked_for(asked):
            results = recording.read()
        assert [] == [result for result in results if not isinstance(result, Read)]
        unread = {path for names, name, path in declared(fields) if (names, name) not in asked}
        if excused == unread:
            break
    assert excused == unread


EVIDENCE: list[object] = [None, "", [], {}, True, "NaN", "1e999", "-", "\ud800", "\x1b[2J", ["a", None, {}], {"a": []}]


@contextmanager
def hinted(names: set[str]) -> Iterator[None]:
    """Note each field that a reader takes for evidence within the block."""

    def noting(real: Callable[[Row, str], object]) -> Callable[[Row, str], object]:
        def hint(row: Row, name: str) -> object:
            names.add(name)
            return real(row, name)

        return hint

    with ExitStack() as stack:
        for method in ("hint", "hint_amount", "hint_time"):
            stack.enter_context(patch.object(Row, method, noting(getattr(Row, method))))
        yield


class Evidence:
    """Puts something in every field that proves nothing. ``hints``: further names that the reader looks for."""

    def __init__(self, fields: tuple[Field, ...], hints: set[str], value: object) -> None:
        self._strict = {field.name for field in fields}
        self._hints = hints - {""}
        self._value = value

    def __call__(self, endpoint: Endpoint, data: object) -> None:
        for row in spoiling.rows_of(endpoint, data):
            row.update(dict.fromkeys((row.keys() | self._hints) - self._strict, self._value))


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), HELD)
def test_evidence_may_be_anything_and_hides_nothing(shared: Bench, exchange: str, place: str) -> None:
    """Whatever proves nothing may be anything: no error comes of it, and what is there still holds."""
    recording = next(recordings(shared, exchange, place))
    fields, hints = table(exchange).places[place].fields, set[str]()
    with hinted(hints):
        recording.read()
    for value in EVIDENCE:
        results = recording.read(Evidence(fields, hints, value))
        read = [result for result in results if isinstance(result, Read)]
        assert len(read) < len(results) or any(record.holds for result in read for record in result.records), value


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), WITH_A_STATE)
def test_what_is_in_a_state_that_nobody_knows_blocks(shared: Bench, exchange: str, place: str) -> None:
    """No filter by state shows it: only a list of everything can."""
    samples, sample = load_samples(exchange), load_samples(exchange).samples[place]
    (row, *_more), states = sample.rows, set(state_fields(exchange, place))
    novel = {name: "novel" if name in states else value for name, value in row.items()}
    account = samples.account(sample.beside, {sample.path: [novel]})
    audited = shared.audit_at(place, account, *sample.companions)
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, place in blockers(audited))


def test_a_field_that_is_not_declared_cannot_be_read() -> None:
    row = Row({"one": "1", "other": "2"}, (text("one"),))
    with pytest.raises(UndeclaredFieldError, match="other is read and not declared"):
        row.text("other")


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_what_excuses_a_field_is_a_reason_for_a_field_that_there_is(exchange: str) -> None:
    samples, at = load_samples(exchange), table(exchange)
    for excuses in (samples.proof_only, samples.not_in_answers):
        for place, fields in excuses.items():
            assert set(fields) <= {path for _names, _name, path in declared(at.places[place].fields)}
            assert [] == [name for name, reason in fields.items() if not reason]
