"""The errors of an answer that came: it is no JSON, it is an error of the exchange, or another party gave it.

```
BadBodyError                  not one unambiguous JSON object or list
  TooLargeError
ExchangeError                 the exchange's own error
  ForeignAnswerError          also a BadBodyError
```
"""

from auditor.model.texts import LONGEST_MESSAGE, LONGEST_NAME, shorten
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, NO_HEADERS
from auditor.transport.foreign_answer import ForeignAnswer, foreign_answer
from auditor.transport.http_time import clock_skew


class BadBodyError(Exception):
    """An answer that is not one unambiguous JSON object or list.

    ``again``: whether a further request may help.
    """

    again = True


class TooLargeError(BadBodyError):
    """An answer that is larger than any of an exchange: it is not asked for again."""

    again = False


class ExchangeError(Exception):
    """The exchange answered with an error.

    ``status``: HTTP status; ``code``: the exchange's own, or None; ``message``: its words, or "".
    """

    def __init__(self, status: int, code: str | None, message: str) -> None:
        """Keep the error without its request.

        ``skew``: seconds that this computer's clock is behind the answer's date, None if it has none.
        """
        self.status = status
        self.code = None if code is None else shorten(code, LONGEST_NAME)
        self.message = shorten(message, LONGEST_MESSAGE)
        super().__init__(self.message or f"HTTP {status}")
        headers = ANSWER_HEADERS.get(NO_HEADERS)
        self.skew = clock_skew(headers) if headers else None


class ForeignAnswerError(ExchangeError, BadBodyError):
    """Something on the way to the exchange answered in its place: with an error, or with a body that is no JSON."""

    def __init__(self, answer: ForeignAnswer) -> None:
        """Keep what came."""
        super().__init__(answer.status, None, "")
        self.answer = answer


def check_speaker(status: int, body: object, decoded: object) -> None:
    """Raise ForeignAnswerError for an answer that is not the exchange's."""
    answer = foreign_answer(status, body, decoded)
    if answer is not None:
        raise ForeignAnswerError(answer)
