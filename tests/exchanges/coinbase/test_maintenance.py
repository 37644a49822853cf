"""Coinbase: what the derivatives platform says of its maintenance."""

import pytest

from auditor.exchanges.coinbase.identity import STATUS
from auditor.spec.fields import MalformedError
from auditor.spec.identity import Outage


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"locked": False}, None),
        ({"locked": "false"}, None),
        ({"locked": "partial", "locked_currencies": ["BTC", "ETH"]}, Outage("derivatives", "BTC, ETH")),
        ({"locked": True}, Outage("derivatives", "")),
    ],
)
def test_whatever_is_locked_is_an_outage(answer: object, expected: Outage | None) -> None:
    assert expected == STATUS.answer(answer)


def test_an_answer_that_says_nothing_of_it_is_neither_an_outage_nor_none() -> None:
    with pytest.raises(MalformedError):
        STATUS.answer({"jsonrpc": "2.0", "id": "1"})
