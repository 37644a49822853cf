"""What a strict field takes, and that whatever else comes is said to be malformed, never taken for nothing."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.spec.blanks import (
    AccountSetup,
    always_blank,
    blank_outside_modes,
    blank_unless,
    blank_where_sum,
    blank_without_borrowing,
    never_blank,
)
from auditor.spec.fields import (
    Field,
    Kind,
    MalformedError,
    amount,
    flag,
    inner,
    optional_amount,
    optional_inner,
    optional_rows,
    optional_text,
    rows,
    text,
    texts,
    time,
)
from auditor.spec.parsed_row import Row

MISSING = object()
FULL_WIDTH = "\uff11\uff12"
ARABIC = "\u0661\u0662"
NO_TEXT: list[Any] = [MISSING, None, True, False, [], {}, ["1"], {"a": "1"}]
NO_AMOUNT: list[Any] = [
    *NO_TEXT,
    "",
    " ",
    "NaN",
    "nan",
    "Infinity",
    "-Infinity",
    "1e999",
    "1e101",
    "1E-101",
    "1e0000",
    "e5",
    "1e",
    "1e+-5",
    "1e5.0",
    "1 e5",
    "1e\uff15",
    FULL_WIDTH,
    ARABIC,
    "01",
    "00",
    "-",
    ".",
    "1.",
    ".5",
    "+1",
    " 1",
    "1 ",
    "1\n",
    "1,000",
    "1_000",
    "0x10",
    "--1",
    "-+1",
    "1.2.3",
    "\u22121",
    "\u200b0",
    "9" * 65,
    "zero",
]
NO_TIME: list[Any] = [
    *NO_TEXT,
    "",
    "0",
    "-1767225600000",
    "1767225600000.5",
    "1767225600",
    FULL_WIDTH,
    " 1767225600000",
    "1767225600000000",
    "000001767225600000",
    "9" * 30,
    "2026-01-01",
]
KINDS: dict[str, tuple[Field, list[Any]]] = {
    "amount": (amount("x"), NO_AMOUNT),
    "text": (text("x"), [*NO_TEXT, "", " ", "\t\n", "\u3000"]),
    "time": (time("x"), [value for value in NO_TIME if value != "1767225600"]),
    "flag": (flag("x"), [MISSING, None, "", "true", "false", "1", "0", [], {}]),
    "texts": (texts("x"), [MISSING, None, "", "trading", {}, [None], ["a", True], [["a"]], [{}]]),
    "rows": (rows("x", text("y")), [MISSING, None, "", {}, {"y": "a"}, [None], ["a"], [[]], [{}], [{"y": ""}]]),
}


def row_with(value: object) -> dict[str, Any]:
    return {"other": "kept"} if value is MISSING else {"x": value, "other": "kept"}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, (_, values) in KINDS.items() for value in values])
def test_what_is_not_exactly_a_fields_kind_is_malformed(kind: str, value: object) -> None:
    with pytest.raises(MalformedError, match=r"^[xy] (is|in)|a row is not an object"):
        Row(row_with(value), (KINDS[kind][0],))


@pytest.mark.parametrize("raw", [None, "", "text", [], ["x"], True])
def test_a_row_that_is_no_object_is_malformed(raw: object) -> None:
    with pytest.raises(MalformedError, match="a row is not an object"):
        Row(raw, ())


@pytest.mark.parametrize(
    "figure",
    ["0", "-0", "0.0", "-0.00000000", "1", "-1", "0.00000001", "1" + "0" * 39, "0." + "0" * 38 + "1", "9" * 64],
)
def test_an_amount_is_kept_digit_for_digit(figure: str) -> None:
    assert figure == format(Row({"x": figure}, (amount("x"),)).amount("x"), "f")


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,20})?\Z"))
def test_any_plain_amount_is_exact(figure: str) -> None:
    assert figure == format(Row({"x": figure}, (amount("x"),)).amount("x"), "f")


@given(st.text(max_size=12))
def test_no_text_is_taken_for_another_amount_than_it_says(figure: str) -> None:
    try:
        found = Row({"x": figure}, (amount("x"),)).amount("x")
    except MalformedError:
        return
    # A plain amount is kept digit for digit; one with an exponent is written without, and equal.
    assert (format(found, "f"), found) == (figure if "e" not in figure.lower() else format(found, "f"), Decimal(figure))


def test_a_time_is_utc() -> None:
    assert datetime(2026, 1, 1, tzinfo=UTC) == Row({"x": "1767225600000"}, (time("x"),)).time("x")


@pytest.mark.parametrize("field", [amount("x", always_blank), time("x", always_blank), text("x", always_blank)])
def test_a_blank_is_nothing_only_where_the_table_says_so(field: Field) -> None:
    row = Row({"x": ""}, (field,))
    assert (None, None) == (row.amount_or_none("x"), row.time("x"))
    for ask in (row.amount, row.text):
        with pytest.raises(MalformedError, match="x is blank"):
            ask("x")


@pytest.mark.parametrize("value", [None, " ", "NaN", [], False])
def test_what_may_be_blank_may_be_nothing_else(value: object) -> None:
    with pytest.raises(MalformedError):
        Row({"x": value}, (amount("x", always_blank),))


@pytest.mark.parametrize("field", [flag("x"), texts("x"), rows("x")])
def test_only_texts_amounts_and_times_can_be_blank(field: Field) -> None:
    with pytest.raises(MalformedError):
        Row({"x": ""}, (Field(field.name, field.kind, always_blank, field.of),))


def test_a_blank_outside_its_account_modes_is_normal_and_within_them_it_is_not() -> None:
    field = amount("x", blank_outside_modes("3", "4"))
    assert [None, None] == [Row({"x": ""}, (field,), AccountSetup(mode)).amount_or_none("x") for mode in (None, "1")]
    for mode in ("3", "4"):
        with pytest.raises(MalformedError, match="x is blank"):
            Row({"x": ""}, (field,), AccountSetup(mode))


def test_a_blank_is_normal_only_in_rows_of_another_kind() -> None:
    field = amount("x", blank_unless("mode", "isolated"))
    assert Row({"x": "", "mode": "cross"}, (field,)).amount_or_none("x") is None
    with pytest.raises(MalformedError, match="x is blank"):
        Row({"x": "", "mode": "isolated"}, (field,))


@pytest.mark.parametrize(
    ("raw", "expected"), [({}, None), ({"x": ""}, None), ({"x": None}, None), ({"x": "0.1"}, Decimal("0.1"))]
)
def test_a_retired_amount_may_be_missing_or_blank_and_counts_when_it_is_there(
    raw: dict[str, Any], expected: Decimal | None
) -> None:
    assert expected == Row(raw, (optional_amount("x"),)).amount_or_none("x")


@pytest.mark.parametrize("value", [value for value in NO_AMOUNT if value not in (MISSING, "", None)])
def test_a_retired_amount_that_is_there_is_as_strict_as_any(value: object) -> None:
    with pytest.raises(MalformedError, match="x is not an amount"):
        Row({"x": value}, (optional_amount("x"),))


def test_a_blank_in_a_list_of_rows_follows_the_account_mode_too() -> None:
    field = rows("x", amount("y", blank_outside_modes("3")))
    assert Row({"x": [{"y": ""}]}, (field,), AccountSetup("1")).rows("x")[0].amount_or_none("y") is None
    with pytest.raises(MalformedError, match="y is blank"):
        Row({"x": [{"y": ""}]}, (field,), AccountSetup("3"))


@pytest.mark.parametrize("value", [*NO_AMOUNT, 5, 1.5])
def test_evidence_may_be_anything(value: object) -> None:
    row = Row(row_with(value), ())
    shown = value if isinstance(value, str) else ""
    assert (shown, None) == (row.hint("x"), row.hint_amount("x"))


@pytest.mark.parametrize("value", NO_TIME)
def test_evidence_that_is_no_time_is_none(value: object) -> None:
    assert Row(row_with(value), ()).hint_time("x") is None or value == "1767225600"


def test_the_words_of_a_table_say_what_a_field_must_be() -> None:
    part = Field("b", Kind.TEXT)

    assert [
        Field("a", Kind.AMOUNT, always_blank),
        Field("a", Kind.AMOUNT, never_blank),
        Field("a", Kind.AMOUNT, required=False, proved_blank=always_blank),
        Field("a", Kind.TEXT, always_blank),
        Field("a", Kind.TIME, always_blank),
        Field("a", Kind.FLAG, never_blank),
        Field("a", Kind.TEXTS, never_blank),
        Field("a", Kind.ROWS, never_blank, (part,), True),
        Field("a", Kind.ROWS, never_blank, (part,), False),
        Field("a", Kind.OBJECT, never_blank, (part,), True),
    ] == [
        amount("a", always_blank),
        amount("a"),
        optional_amount("a"),
        text("a", always_blank),
        time("a", always_blank),
        flag("a"),
        texts("a"),
        rows("a", part),
        optional_rows("a", part),
        inner("a", part),
    ]


def test_an_object_within_a_row_is_read_as_strictly_in_the_same_mode() -> None:
    fields = (inner("a", amount("b", blank_outside_modes("3"))),)

    found = Row({"a": {"b": "1.50"}}, fields, AccountSetup("3")).inner("a")

    assert (Decimal("1.50"), "3", {"b": "1.50"}) == (found.amount("b"), found.setup.mode, found.raw)
    assert Row({"a": {"b": ""}}, fields, AccountSetup("1")).inner("a").amount_or_none("b") is None
    lacking: tuple[object, ...] = ({"b": ""}, {})
    for value in lacking:
        with pytest.raises(MalformedError, match=r"^b is "):
            Row({"a": value}, fields, AccountSetup("3"))
    no_object: tuple[object, ...] = ([], "", None, "text")
    for value in no_object:
        with pytest.raises(MalformedError, match=r"^a is "):
            Row({"a": value}, fields, AccountSetup("3"))


def test_a_list_that_may_be_missing_is_empty_then_and_as_strict_as_any_otherwise() -> None:
    fields = (optional_rows("a", amount("b")),)

    assert ((), 1) == (Row({}, fields).rows("a"), len(Row({"a": [{"b": "1"}]}, fields).rows("a")))
    wrong: tuple[object, ...] = ({}, "", None, [{"b": ""}], [{}], ["1"])
    for value in wrong:
        with pytest.raises(MalformedError):
            Row({"a": value}, fields)


def test_evidence_is_what_stands_in_its_own_field() -> None:
    row = Row({"text": "said", "amount": "0.10", "time": "1751364000000", "flag": True}, ())

    moment = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
    assert ("said", Decimal("0.10"), moment) == (row.hint("text"), row.hint_amount("amount"), row.hint_time("time"))
    assert ("", None, None) == (row.hint("flag"), row.hint_amount("text"), row.hint_time("amount"))


@pytest.mark.parametrize(
    ("said", "known"), [("0", False), ("1", True), ("7258118399999", True), ("7258118400000", False)]
)
def test_times_lie_between_1970_and_2200(said: str, known: bool) -> None:
    assert known == (Row({"a": said}, ()).hint_time("a") is not None)


def test_a_time_has_at_most_fifteen_digits() -> None:
    assert Row({"a": "000000000000001"}, ()).hint_time("a") == datetime(1970, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)
    assert Row({"a": "0000000000000001"}, ()).hint_time("a") is None


def test_a_documented_number_may_have_an_exponent_and_loses_no_digit_by_it() -> None:
    read = Row({"earned": "3.14E-6", "other": "12"}, (amount("earned"), amount("other")), AccountSetup("1"))
    assert ("0.00000314", Decimal(12)) == (str(format(read.amount("earned"), "f")), read.amount("other"))
    for value in (None, "", "NaN", "1e999", "E5", True):
        with pytest.raises(MalformedError, match=r"^earned is "):
            Row({"earned": value, "other": "12"}, (amount("earned"), amount("other")), AccountSetup("1"))


CANNOT_BORROW = AccountSetup("1", borrows=False)


def test_a_debt_is_none_in_an_account_that_cannot_borrow_whether_blank_null_or_missing() -> None:
    field = amount("x", proved_blank=blank_without_borrowing)
    shown: list[dict[str, Any]] = [{}, {"x": ""}, {"x": None}]
    assert [None] * 3 == [Row(raw, (field,), CANNOT_BORROW).amount_or_none("x") for raw in shown]
    for setup in (AccountSetup("1"), AccountSetup("1", borrows=True)):
        for raw in shown:
            with pytest.raises(MalformedError, match=r"^x is (blank|missing)"):
                Row(raw, (field,), setup)


def test_an_account_that_cannot_borrow_may_still_not_write_nonsense_for_a_debt() -> None:
    with pytest.raises(MalformedError, match="x is not an amount"):
        Row({"x": "none"}, (amount("x", proved_blank=blank_without_borrowing),), CANNOT_BORROW)


@pytest.mark.parametrize(
    ("row", "proved"),
    [
        ({"eq": "5.0", "cash": "5"}, True),
        ({"eq": "5", "cash": "5", "bots": "0", "iso": "0"}, True),
        ({"eq": "5", "cash": "5", "bots": "", "iso": None}, True),
        ({"eq": "7.5", "cash": "5", "bots": "2.5"}, True),
        ({"eq": "4.5", "cash": "5", "bots": "-0.5"}, True),
        ({"eq": "5", "cash": "5", "bots": "1"}, False),
        ({"eq": "5", "cash": "5", "iso": "1"}, False),
        ({"eq": "4", "cash": "5"}, False),
        ({"eq": "-5", "cash": "-5"}, False),
        ({"eq": "", "cash": ""}, False),
        ({"cash": "5"}, False),
        ({"eq": "5", "cash": "5", "bots": "?"}, False),
        ({"eq": "5", "cash": "5", "iso": "?"}, False),
    ],
)
def test_equity_that_is_the_sum_of_the_cash_and_what_is_told_leaves_no_room_for_a_debt(
    row: dict[str, str], proved: bool
) -> None:
    assert proved == blank_where_sum("eq", "cash", "bots", nothing=("iso",))(row, AccountSetup())


def test_one_odd_field_is_a_doubt_and_the_others_are_told() -> None:
    doubts: list[MalformedError] = []
    row = Row({"a": "7", "b": "x", "c": ""}, (amount("a"), amount("b"), text("c"), flag("d")), doubts=doubts)

    assert (Decimal(7), Decimal(0), "?", False) == (row.amount("a"), row.amount("b"), row.text("c"), row.flag("d"))
    assert ["b is not an amount", "c is blank", "d is missing"] == list(map(str, doubts))


def test_one_odd_row_within_a_row_is_a_doubt_and_the_others_are_told() -> None:
    doubts: list[MalformedError] = []
    row = Row({"a": [{"b": "1"}, 5, {"b": None}]}, (rows("a", amount("b")),), doubts=doubts)

    assert ["1", "0"] == [str(inner_row.amount("b")) for inner_row in row.rows("a")]
    assert ["a row is not an object", "b is blank"] == list(map(str, doubts))


def test_a_doubt_names_the_asset_or_id_of_its_row() -> None:
    doubts: list[MalformedError] = []
    Row({"a": "ETH", "b": "", "c": [{"d": ""}]}, (text("a"), amount("b"), rows("c", amount("d"))), doubts=doubts)

    assert ["ETH: b is blank", "ETH: d is blank"] == list(map(str, doubts))


@pytest.mark.parametrize(
    ("value", "settled"), [("", ("debts",)), (None, ("debts",)), ("NaN", ()), (True, ()), ({}, ())]
)
def test_another_place_settles_what_is_left_out_and_never_what_is_not_understood(
    value: object, settled: tuple[str, ...]
) -> None:
    doubts: list[MalformedError] = []
    Row({"a": value}, (amount("a", settled_by=("debts",)),), doubts=doubts)

    assert [settled] == [doubt.settled_by for doubt in doubts]


def test_an_odd_object_that_may_be_missing_is_a_doubt_beside_the_other_fields() -> None:
    fields = (text("asset"), optional_inner("part", amount("native")))
    doubts: list[MalformedError] = []
    row = Row({"asset": "DOT", "part": "much"}, fields, doubts=doubts)
    assert ("DOT", None) == (row.text("asset"), row.inner_or_none("part"))
    assert ["DOT: part is not an object"] == [str(doubt.args[0]) for doubt in doubts]


@pytest.mark.parametrize("raw", [{}, {"part": None}, {"part": ""}])
def test_an_object_or_text_that_may_be_missing_is_none_without_a_doubt(raw: dict[str, object]) -> None:
    doubts: list[MalformedError] = []
    row = Row({**raw, "word": ""}, (optional_inner("part"), optional_text("word")), doubts=doubts)
    assert (None, None, []) == (row.inner_or_none("part"), row.text_or_none("word"), doubts)
