"""KuCoin: what the funding account of a unified account has beyond what the list of accounts shows of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from auditor.exchanges.kucoin.unified_account import FUNDING
from auditor.model.records import Balance, Record
from auditor.spec.blanks import UNKNOWN_SETUP
from auditor.spec.reader import Context, Scope

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def read(shown: str, **figures: str) -> list[Record]:
    assert FUNDING.reader is not None
    row = {"currencies": [{"currency": "USDT", "balance": "0", "available": "0", **figures}]}
    scope = Scope(known={"shown": {"USDT": Decimal(shown)}})
    seen, doubts = FUNDING.reader.records(row, Context(UNKNOWN_SETUP, NOW, scope, lambda _row: None))
    assert not doubts
    return seen


@pytest.mark.parametrize(
    "figures",
    [{"balance": "-1.5"}, {"balance": "5.1"}, {"locked": "6"}, {"hold": "-2"}, {"equity": "7"}],
)
def test_whatever_the_list_of_accounts_does_not_show_is_told(figures: dict[str, str]) -> None:
    (found,) = read("5", **figures)
    assert isinstance(found, Balance)
    assert found.holds


@pytest.mark.parametrize("figures", [{"balance": "5", "available": "5"}, {"balance": "3", "hold": "3"}, {}])
def test_what_it_shows_is_told_there_once(figures: dict[str, str]) -> None:
    assert [] == read("5", **figures)
