"""What counts as an answer: one unambiguous JSON object or list, a plain success, its numbers the digits that came."""

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exchanges.registry import load
from auditor.model.texts import LONGEST_MESSAGE, LONGEST_NAME
from auditor.transport.ccxt import json_body
from auditor.transport.ccxt.answer_errors import BadBodyError, ExchangeError, TooLargeError
from auditor.transport.ccxt.exact import exact_class
from auditor.transport.ccxt.json_body import DEEPEST, LONGEST_TEXT, MOST_ROWS, decoded_body
from auditor.transport.ccxt.loader import exchange_class

EXCHANGE = load("okx")
CCXT = exact_class(exchange_class("okx"), EXCHANGE)()
SUCCESS = '{"code": "0", "msg": "", "data": []}'


def answer(body: str, status: int = 200) -> object:
    """The decoded answer, on the way that ccxt takes it."""
    decoded = CCXT.parse_json(body)
    CCXT.handle_errors(status, "", "https://exchange.invalid", "GET", {}, body, decoded, {}, None)
    return decoded


@pytest.mark.parametrize("number", ["0.1", "1E-8", "1e999", "-0", "0.10", "9" * 400, "123456789012345678.123456789"])
def test_a_json_number_stays_the_digits_that_came(number: str) -> None:
    assert {"code": "0", "data": [number]} == answer(f'{{"code": "0", "data": [{number}]}}')


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_any_json_number_is_exact(number: Any) -> None:
    assert {"code": "0", "data": [f"{number:f}"]} == answer(f'{{"code": "0", "data": [{number:f}]}}')


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_no_answer(constant: str) -> None:
    with pytest.raises(BadBodyError, match="no number"):
        answer(f'{{"code": "0", "data": [{{"bal": {constant}}}]}}')


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "50026", "code": "0", "data": []}',
        '{"code": "0", "data": [{"bal": "1", "bal": "0"}]}',
        '{"code": "0", "data": [{"d": {"ccy": "A", "ccy": "A"}}]}',
    ],
)
def test_a_field_named_twice_is_no_answer(body: str) -> None:
    with pytest.raises(BadBodyError, match="twice"):
        answer(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "   ",
        "null",
        "0",
        '"0"',
        "true",
        "<html>maintenance</html>",
        SUCCESS[:-1],
        SUCCESS[: len(SUCCESS) // 2],
        SUCCESS + SUCCESS,
        SUCCESS + "x",
        "\ufeff" + SUCCESS,
        "[" * 100_000,
        '{"data":' * 100_000,
        "{'code': '0'}",
        '{"code": "0",}',
    ],
)
def test_what_is_not_one_whole_json_object_or_list_is_no_answer(body: str) -> None:
    with pytest.raises(BadBodyError):
        answer(body)


@pytest.mark.parametrize("status", [201, 202, 203, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 410, 500, 503])
def test_a_success_in_the_body_of_another_status_is_an_error(status: int) -> None:
    with pytest.raises(ExchangeError) as caught:
        answer(SUCCESS, status)
    assert (status, None) == (caught.value.status, caught.value.code)


@pytest.mark.parametrize("body", ["", "<html>502</html>", "[]", SUCCESS])
def test_an_error_status_is_an_error_whatever_the_body_is(body: str) -> None:
    with pytest.raises(ExchangeError, match="502"):
        answer(body, 502)


@pytest.mark.parametrize("code", ["1", "50011", "00", "0 ", "", "-0", "\uff10", "0.0"])
def test_every_code_but_zero_is_an_error(code: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        answer(json.dumps({"code": code, "msg": "no", "data": []}))
    assert (200, code, "no") == (caught.value.status, caught.value.code, caught.value.message)


@pytest.mark.parametrize("body", ["{}", '{"data": []}', '{"code": null, "data": []}', '{"code": false, "data": []}'])
def test_an_object_without_a_code_is_an_error(body: str) -> None:
    with pytest.raises(ExchangeError):
        answer(body)


@pytest.mark.parametrize("body", ["[]", '[{"code": "0", "data": []}]', '{"code": "0"}', '{"code": "0", "msg": ""}'])
def test_a_success_without_data_is_not_understood(body: str) -> None:
    with pytest.raises(Exception, match="no data in the answer"):
        EXCHANGE.api.unwrap(answer(body))


def nested(levels: int) -> str:
    return f'{{"code": "0", "data": {"[" * levels}{"]" * levels}}}'


@pytest.mark.parametrize("levels", [DEEPEST, 200, 480, 900, 100_000])
def test_an_answer_that_is_nested_deeper_than_any_is_no_answer(levels: int) -> None:
    with pytest.raises(BadBodyError, match="64 levels deep"):
        answer(nested(levels))


def test_an_answer_may_be_nested_deeper_than_any_is_known_to_be() -> None:
    assert answer(nested(DEEPEST - 1))


@pytest.mark.parametrize("rows", [["1"] * (MOST_ROWS + 1), {str(number): "1" for number in range(MOST_ROWS + 1)}])
def test_a_list_with_more_rows_than_any_is_no_answer_and_is_not_asked_for_again(rows: Any) -> None:
    with pytest.raises(TooLargeError, match="more than 50000 rows") as caught:
        answer(json.dumps({"code": "0", "data": [rows]}))
    assert not caught.value.again


def test_a_list_may_have_as_many_rows_as_the_bound() -> None:
    assert {"code": "0", "data": ["1"] * MOST_ROWS} == answer(json.dumps({"code": "0", "data": ["1"] * MOST_ROWS}))


@pytest.mark.parametrize("part", ["[]", "{}", "11"])
def test_parts_that_would_take_many_times_the_memory_of_their_body_are_never_made(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(json_body, "MOST_PARTS", 1000)
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(TooLargeError, match="more parts"):
        answer(f'{{"code": "0", "data": [{",".join([part] * 1000)}]}}')


LONE = [r"\ud800", r"\uDFFF", r"\ude00\ud83d"]


@pytest.mark.parametrize("half", LONE)
def test_half_of_a_character_becomes_a_sign_that_can_be_written(half: str) -> None:
    body = f'{{"code": "0", "data": [{{"label": "one {half}", "{half}": ["{half}"]}}]}}'
    (row,) = cast("dict[str, Any]", answer(body))["data"]
    assert row["label"].startswith("one \ufffd")
    assert json.dumps(row, ensure_ascii=False).encode()


def test_a_whole_character_stays_what_it_is_however_it_is_written() -> None:
    body = r'{"code": "0", "data": ["\ud83d\ude00", "\\ud800", "\"", "\u4e2d"]}'
    assert {"code": "0", "data": ["\U0001f600", r"\ud800", '"', "\u4e2d"]} == answer(body)


def test_names_that_become_alike_are_a_field_named_twice() -> None:
    with pytest.raises(BadBodyError, match="twice"):
        answer(r'{"code": "0", "data": [{"\ud800": "1", "\ud801": "0"}]}')


@pytest.mark.parametrize("word", ["x" * 20_000, r"\"" * 20_000, "\u4e2d" * 20_000, r"\u4e2d" * 20_000])
def test_a_text_of_any_length_is_cut_with_an_ellipsis(word: str) -> None:
    (row,) = cast("dict[str, Any]", answer(f'{{"code": "0", "data": [{{"ccy": "{word}"}}]}}'))["data"]
    assert LONGEST_TEXT == len(row["ccy"])
    assert row["ccy"].endswith("\u2026")


def test_an_error_of_any_length_is_cut_with_an_ellipsis() -> None:
    with pytest.raises(ExchangeError) as caught:
        answer(json.dumps({"code": "5" * 20_000, "msg": "x" * 20_000, "data": []}))
    assert caught.value.code is not None
    assert (LONGEST_NAME, LONGEST_MESSAGE) == (len(caught.value.code), len(caught.value.message))
    assert f"{'x' * (LONGEST_MESSAGE - 1)}\u2026" == str(caught.value)


def test_a_message_within_the_bound_is_told_whole() -> None:
    assert "x" * LONGEST_MESSAGE == ExchangeError(400, "1", "x" * LONGEST_MESSAGE).message


@pytest.mark.parametrize("before", range(0, LONGEST_TEXT, 37))
def test_a_text_that_is_too_long_is_cut_wherever_it_stands(before: int) -> None:
    """It is looked for in stretches of the body."""
    body = json.dumps({"ccy": "x" * before, "notes": "y" * (LONGEST_TEXT + 1)})
    decoded = decoded_body(body)

    assert isinstance(decoded, dict)
    assert (before, LONGEST_TEXT) == (len(decoded["ccy"]), len(decoded["notes"]))
