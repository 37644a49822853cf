"""What is stored comes back as it was: amounts digit for digit, times aware, records of their own kind."""

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.history import serialization as codec
from auditor.i18n import Message, Translator, _, capital, joined, verbatim
from auditor.i18n.message import data_of, separated
from auditor.model.errors import UserError
from auditor.model.records import Record
from auditor.model.reference_data import Reference
from auditor.model.report import Report
from auditor.model.snapshot import Read
from tests.conftest import Audit, part_of
from tests.history.conftest import done, funding

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(timezones=ZONES)
TEXTS = st.text(max_size=8) | st.sampled_from(["$decimal", "is", "币", "\x00\u202e", "NA"])
EVIDENCE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | AMOUNTS | TIMES,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


VALUES = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | AMOUNTS | TIMES,
    lambda inner: (
        st.builds(lambda a, b: _("{a}: {b}").format(a=a, b=b), inner, inner)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(", ", parts))
        | st.builds(lambda text: capital(_(text)), TEXTS.filter(bool))
    ),
    max_leaves=4,
)
MESSAGES = VALUES.map(lambda value: value if isinstance(value, Message) else verbatim(str(value)))


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that the annotation ``kind`` allows."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind is Message:
        return MESSAGES
    if kind is Record:
        return st.one_of(*(record(each) for each in sorted(kinds(Record), key=lambda each: each.__name__)))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if origin is Mapping:
        values = EVIDENCE if inner[1] is object else anything(inner[1])
        return st.dictionaries(TEXTS, values, max_size=3)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of(*map(anything, inner))
    return record(kind) if dataclasses.is_dataclass(kind) else simple(kind)


def simple(kind: Any) -> st.SearchStrategy[Any]:
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    plain = {Decimal: AMOUNTS, datetime: TIMES, str: TEXTS, float: st.floats(allow_nan=False, allow_infinity=False)}
    return plain[kind] if kind in plain else st.from_type(kind)


def kinds(base: type[Any]) -> set[type[Any]]:
    found = {each for each in base.__subclasses__() if each is not Reference}
    return found.union(*(kinds(each) for each in base.__subclasses__()))


def record(kind: Any) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    fields = {field.name: anything(hints[field.name]) for field in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


def plain(value: Any) -> Any:
    """Everything of a value, also what its own comparison leaves out; 1.0 and 1.00 differ."""
    if isinstance(value, Message):
        # A phrase is stored as its words, somebody else's words as a text.
        message = data_of(separated(value))
        return message if isinstance(message, str) else (message.template, plain(message.values), message.begins)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return type(value).__name__, fields
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value).__name__, [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


@given(st.data())
@part_of(20)
def test_whatever_a_pass_holds_comes_back(data: st.DataObject) -> None:
    stored = data.draw(st.builds(codec.Pass, started_at=TIMES, finished_at=TIMES, report=record(Report)))

    assert plain(stored) == plain(codec.decode(codec.encode(stored)))


def test_a_pass_over_the_messy_account_comes_back(demo: Audit) -> None:
    audited = demo("messy")
    snapshot = audited.snapshot
    stored = codec.Pass(
        report=audited.report,
        started_at=snapshot.started_at,
        finished_at=snapshot.finished_at,
        window=snapshot.window,
    )

    again = codec.decode(codec.encode(stored))

    assert plain(stored) == plain(again)
    assert plain(snapshot) == plain(again.snapshot)


def edited(**changes: Any) -> bytes:
    document = json.loads(zlib.decompress(codec.encode(done(funding("BTC")))))
    return zlib.compress(json.dumps(document | changes).encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (edited(version=codec.VERSION + 1), "newer version"),
        (edited(**{"pass": {"started_at": "2026-07-01T10:00:00"}}), "damaged"),
        (b"no zlib", "damaged"),
        (zlib.compress(b"[]"), "damaged"),
        (codec.encode(done())[:-9], "damaged"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        codec.decode(content)


def test_an_amount_that_became_a_number_is_not_believed() -> None:
    text = zlib.decompress(codec.encode(done(funding("BTC", amount="1.5")))).decode()

    with pytest.raises(UserError, match="damaged"):
        codec.decode(zlib.compress(text.replace('"1.5"', "1.5").encode()))


DATA = Path(__file__).parent / "data"
STORED = (DATA / "pass-v2.bin").read_bytes()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pass_of_the_version_that_rendered_while_it_judged_says_what_it_said(language: str) -> None:
    """`pass-v2.bin` and what it said were written by the program of 2026-11, before sentences were messages."""
    translate, report = Translator(language), codec.decode(STORED).report
    expected = json.loads((DATA / "pass-v2.json").read_text(encoding="utf-8"))[language]

    results = [reading.result for account in report.accounts for reading in account.snapshot.readings]
    assert expected == {
        "findings": [[translate(finding.message), translate(finding.remedy)] for finding in report.findings],
        "dust": [translate(line.reason) for line in report.dust],
        "requirements": [list(map(translate, (r.title, r.source, r.detail))) for r in report.requirements],
        "reasons": [translate(result.reason) for result in results if not isinstance(result, Read)],
    }


def test_a_stored_pass_is_stored_again_byte_for_byte() -> None:
    assert json.loads(zlib.decompress(STORED)) == json.loads(zlib.decompress(codec.encode(codec.decode(STORED))))


@pytest.mark.parametrize("template", ["{a.__class__}", "{a[0]}", "{a:>999999999}", "{b}"])
def test_a_stored_sentence_that_reaches_for_more_than_its_values_is_damage(template: str) -> None:
    document = json.loads(zlib.decompress(STORED))
    document["pass"]["report"]["findings"][0]["message"] = {"$said": [template, {"a": "x"}, False]}

    with pytest.raises(UserError, match="damaged"):
        codec.decode(zlib.compress(json.dumps(document).encode()))
