"""Which recorded answer belongs to a request."""

import pytest

from auditor.recording.answers import Answer
from auditor.recording.matching import AnswerBook, unix_seconds
from auditor.transport.ccxt.latest_call import UnsignedRequest

NOW = 1_782_907_200_000
DAY = 86_400_000


def asked(**params: object) -> UnsignedRequest:
    return UnsignedRequest("private", "GET", "rows", params)


def book(*recorded: tuple[UnsignedRequest, str]) -> AnswerBook:
    return AnswerBook([Answer(request=request, status=200, body=body) for request, body in recorded], 10.0)


def found(answers: AnswerBook, **params: object) -> str | None:
    answer = answers.find(asked(**params))
    return None if answer is None else answer.body


def test_answers_to_one_request_come_in_the_order_of_the_recording_and_the_last_one_again() -> None:
    answers = book((asked(ccy="BTC"), "first"), (asked(ccy="BTC"), "second"))
    assert ["first", "second", "second"] == [found(answers, ccy="BTC") for _time in range(3)]


@pytest.mark.parametrize("other", [{"ccy": "ETH"}, {}, {"ccy": "BTC", "limit": "1"}, {"ccy": "BTC", "after": str(NOW)}])
def test_another_request_has_no_answer(other: dict[str, object]) -> None:
    assert found(book((asked(ccy="BTC"), "first")), **other) is None


def test_a_window_of_time_is_found_some_moments_later() -> None:
    answers = book(
        (asked(start=NOW - DAY, end=NOW), "newest"), (asked(start=NOW - 2 * DAY, end=NOW - DAY), "the one before")
    )
    assert "the one before" == found(answers, start=NOW - 2 * DAY + 900, end=NOW - DAY + 900)
    assert "newest" == found(answers, start=NOW - DAY - 5000, end=NOW - 5000)


def test_a_window_of_another_time_has_no_answer() -> None:
    assert found(book((asked(start=NOW - DAY, end=NOW), "newest")), start=NOW - 9 * DAY, end=NOW - 8 * DAY) is None


def test_a_window_that_begins_later_than_the_recorded_one_gets_its_answer() -> None:
    answers = book((asked(start=NOW - 90 * DAY, end=NOW), "oldest"))
    assert "oldest" == found(answers, start=NOW - 30 * DAY, end=NOW)
    assert found(answers, start=NOW - 99 * DAY, end=NOW) is None


def test_numbers_and_texts_of_parameters_are_the_same() -> None:
    assert "first" == found(book((asked(limit=50, on=True), "first")), limit="50", on="True")


@pytest.mark.parametrize(("text", "seconds"), [("1782907200", 1782907200.0), (str(NOW), 1782907200.0)])
def test_seconds_and_milliseconds_are_times(text: str, seconds: float) -> None:
    assert seconds == unix_seconds(text)


@pytest.mark.parametrize("text", ["0", "178290720", "99999999999999", "x", "0000000001"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert unix_seconds(text) is None


def test_what_nobody_asked_for_is_counted() -> None:
    answers = book((asked(ccy="BTC"), "first"), (asked(ccy="ETH"), "second"))
    found(answers, ccy="ETH")
    assert 1 == answers.unused
