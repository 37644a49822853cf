from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.model.records import Record
from auditor.model.report import Severity
from tests.builders import balance, debt, earning, find_all, price, valuation


def hidden(*records: Record) -> list[Severity]:
    """What the rule says: severities, without the findings of other rules."""
    return [f.severity for f in find_all(*records) if f.rule == "hidden-value"]


def test_any_value_in_a_wallet_that_shows_nothing_blocks_even_without_prices() -> None:
    (said,) = find_all(valuation("0.00000001"))
    assert (said.rule, said.severity) == ("hidden-value", Severity.BLOCKER)
    assert "0.00000001 BTC" in str(said.message)


def test_a_wallet_without_value_is_no_finding() -> None:
    assert hidden(valuation("0")) == []


def test_an_empty_row_shows_nothing() -> None:
    assert hidden(valuation("0.1", "funding"), balance("0")) == [Severity.BLOCKER]


@pytest.mark.parametrize(("valued", "expected"), [("1.005", []), ("1.006", [Severity.BLOCKER]), ("0.9", [])])
def test_half_a_percent_is_left_to_moving_prices(valued: str, expected: Any) -> None:
    assert hidden(valuation(valued, "funding"), balance("1")) == expected


def test_one_satoshi_is_left_to_rounding() -> None:
    assert hidden(valuation("0.00000011", "funding"), balance("0.0000001")) == []
    assert hidden(valuation("0.00000012", "funding"), balance("0.0000001")) == [Severity.BLOCKER]


def test_other_assets_count_by_their_pair_with_bitcoin() -> None:
    eth, pair = balance("10", "ETH"), price("ETH/BTC", "0.05")
    assert hidden(valuation("0.5", "funding"), eth, pair) == []
    assert hidden(valuation("0.6", "funding"), eth, pair) == [Severity.BLOCKER]


def test_other_assets_count_by_way_of_dollars() -> None:
    shown = (balance("10", "XYZ"), price("XYZ/USDT", "500"), price())
    assert hidden(valuation("0.1", "funding"), *shown) == []
    assert hidden(valuation("0.2", "funding"), *shown) == [Severity.BLOCKER]


def test_money_of_a_country_counts_by_the_pairs_it_buys_on() -> None:
    shown = (balance("500", "EUR"), price(), price("BTC/EUR", "45000"))
    assert hidden(valuation("0.0111", "funding"), *shown) == []
    assert hidden(valuation("0.0112", "funding"), *shown) == [Severity.BLOCKER]


def test_earn_is_compared_with_earn_products_alone() -> None:
    shown = (balance("1"), earning("0.5", "BTC"), price())
    assert hidden(valuation("0.5"), *shown) == []
    assert hidden(valuation("1"), *shown) == [Severity.BLOCKER]


def test_trading_is_compared_with_equity() -> None:
    shown = balance("1", wallet="trading", parts={"equity": "3"})
    assert hidden(valuation("3", "trading"), shown, price()) == []


def test_what_sub_accounts_show_may_be_part_of_the_value() -> None:
    shown = (balance("1"), balance("2", owner="alice"), price())
    assert hidden(valuation("3", "funding"), *shown) == []
    assert hidden(valuation("1", "funding"), *shown) == []
    assert hidden(valuation("4", "funding"), *shown) == [Severity.BLOCKER]


def test_a_sub_account_s_debt_makes_no_hidden_value() -> None:
    shown = (balance("1"), balance("-0.5", owner="alice"), price())
    assert hidden(valuation("1", "funding"), *shown) == []


def test_earn_products_explain_no_other_wallet() -> None:
    assert hidden(valuation("1", "classic"), earning("1", "BTC"), price()) == [Severity.BLOCKER]


def test_a_sub_account_explains_a_wallet_that_shows_nothing_itself() -> None:
    assert hidden(valuation("2", "funding"), balance("2", owner="alice"), price()) == []


def test_assets_without_a_price_are_named_as_a_limit() -> None:
    said = find_all(valuation("0.5", "funding"), balance("1"), balance("4", "OLD"), price())
    (limit,) = [f for f in said if f.rule == "hidden-value"]
    assert limit.severity is Severity.INFO
    assert "OLD" in str(limit.message)


def test_the_worth_of_a_wallet_is_not_told_as_that_of_the_assets_without_a_price() -> None:
    said = find_all(valuation("0.5", "funding"), balance("1"), balance("4", "OLD"), price())
    (limit,) = [f for f in said if f.rule == "hidden-value"]
    assert (None, None, None) == (limit.asset, limit.amount, limit.value_usd)


def test_an_excess_that_assets_without_a_price_could_explain_only_warns() -> None:
    shown = (balance("1"), balance("4", "OLD"), price())
    assert hidden(valuation("2", "funding"), *shown) == [Severity.WARNING, Severity.INFO]


def test_a_negative_balance_without_a_price_explains_no_excess() -> None:
    shown = (balance("1"), balance("-4", "OLD"), price())
    assert hidden(valuation("2", "funding"), *shown) == [Severity.BLOCKER, Severity.INFO]


def test_an_amount_that_the_exchange_does_not_state_could_explain_an_excess() -> None:
    assert hidden(valuation("2"), earning(None, "BTC"), price()) == [Severity.WARNING, Severity.INFO]


def test_a_value_below_zero_in_a_wallet_that_shows_nothing_blocks_as_well() -> None:
    assert hidden(valuation("-0.01", "funding")) == [Severity.BLOCKER]
    assert hidden(valuation("-0.01", "trading"), balance("-1", wallet="trading")) == []


def test_several_wallets_may_show_what_one_total_counts() -> None:
    total = replace(valuation("1", "perpetual futures"), also=("futures-usdt", "unified"))
    assert hidden(total, balance("0.4", wallet="futures-usdt"), balance("0.6", wallet="unified"), price()) == []
    assert hidden(total, balance("1", wallet="spot"), price()) == [Severity.BLOCKER]


def test_a_total_with_open_profit_in_it_counts_only_where_nothing_is_shown() -> None:
    total = replace(valuation("0.00000001", "futures"), rough=True)
    assert hidden(replace(total, amount=Decimal(9)), balance("1", wallet="futures"), price()) == []
    assert hidden(total) == [Severity.BLOCKER]


def test_a_total_of_a_sub_account_is_explained_by_that_one_alone() -> None:
    total = replace(valuation("1", "trading"), owner="alice")
    assert hidden(total, balance("1", wallet="trading", owner="alice"), price()) == []
    others = (balance("1", wallet="trading"), balance("1", wallet="trading", owner="bob"), price())
    assert hidden(total, *others) == [Severity.BLOCKER]


def test_a_value_of_loans_is_explained_by_any_debt_and_by_nothing_else() -> None:
    worth = replace(valuation("100", "loans", "USD"), rough=True)
    assert hidden(worth, balance("1")) == [Severity.BLOCKER]
    assert hidden(worth, debt("7")) == []
