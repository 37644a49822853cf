"""What counts as an answer: one unambiguous JSON object or list, a plain success, its numbers the digits that came."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exchanges.registry import load
from auditor.transport.ccxt.exact import BadBodyError, ExchangeError, exact_class
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
