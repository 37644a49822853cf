from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.assessment.dust import dust_lines
from auditor.i18n import Translator, verbatim
from auditor.model.amounts import plain, subtract, total
from auditor.model.records import Area, Record
from auditor.model.report import DustKind, DustLine, Route
from auditor.model.snapshot import Reading, Trouble
from tests.builders import LATER, NOW, balance, convertible, in_english, market, network, price, reading, unread, view

CONVERT_READ = reading(surface="convertible-funding", area=Area.BALANCES)


def lines(*records: Record, **more: Any) -> tuple[DustLine, ...]:
    return dust_lines(view(*records, **more))


def only(*records: Record, **more: Any) -> DustLine:
    (line,) = lines(*records, **more)
    return line


def test_what_can_be_sold_to_the_last_digit_is_no_dust() -> None:
    assert lines(balance("0.5"), market(), price()) == ()


def test_an_empty_or_negative_balance_is_no_dust() -> None:
    assert lines(balance("0"), balance("-0.000001"), market(), price()) == ()


def test_a_line_has_every_column() -> None:
    dust = only(balance("0.000004"), market(), price(), convertible(), network())
    assert in_english(dust) == DustLine(
        exchange="okx",
        account="main",
        wallet="funding",
        asset="BTC",
        amount=Decimal("0.000004"),
        value_usd=Decimal("0.20"),
        kind=DustKind.BELOW_MINIMUM,
        best_market="BTC/USDT",
        min_amount=Decimal("0.00001"),
        min_notional=None,
        lot_size=Decimal("0.00000001"),
        shortfall=Decimal("0.000006"),
        convertible=True,
        min_withdrawal=Decimal("0.0005"),
        withdrawal_fee=Decimal("0.00005"),
        network="BTC-Chain",
        route=Route.CONVERT,
        reason=verbatim("Every open market asks for more. Convert it: OKX accepts it among small balances."),
        as_of=NOW,
    )


def test_the_market_that_asks_for_the_least_is_named() -> None:
    dust = only(balance("0.000001"), market(), market("BTC/EUR", least="0.000005"), price())
    assert (dust.best_market, dust.shortfall) == ("BTC/EUR", Decimal("0.000004"))


@pytest.mark.parametrize(("amount", "expected"), [("0.4", DustKind.BELOW_MINIMUM), ("0.5", None)])
def test_an_asset_can_also_be_spent_as_the_quote_of_a_market(amount: Any, expected: Any) -> None:
    found = lines(balance(amount, "USDT"), market(), price())
    assert [line.kind for line in found] == ([expected] if expected else [])


def test_the_minimum_of_a_quote_is_told_in_the_asset() -> None:
    dust = only(balance("0.4", "USDT"), market(), price())
    assert (dust.min_amount, dust.shortfall, dust.lot_size) == (Decimal("0.5"), Decimal("0.1"), None)


@pytest.mark.parametrize(("amount", "kinds"), [("4.99", [DustKind.BELOW_MINIMUM]), ("5", [])])
def test_a_minimum_value_counts_on_the_base_side(amount: Any, kinds: list[DustKind]) -> None:
    rules = market("XYZ/USDT", least="0.01", lot="0.01", min_notional=Decimal(10))
    assert [line.kind for line in lines(balance(amount, "XYZ"), rules, price("XYZ/USDT", "2"))] == kinds


def test_a_shortfall_to_a_minimum_value_is_whole_lots_and_exact() -> None:
    rules = market("XYZ/USDT", least="1", lot="1", min_notional=Decimal(10))
    assert only(balance("2", "XYZ"), rules, price("XYZ/USDT", "3")).shortfall == Decimal(2)


@pytest.mark.parametrize(("amount", "kinds"), [("9.99", [DustKind.BELOW_MINIMUM]), ("10", [])])
def test_a_minimum_value_counts_on_the_quote_side(amount: Any, kinds: list[DustKind]) -> None:
    rules = market(min_notional=Decimal(10))
    assert [line.kind for line in lines(balance(amount, "USDT"), rules, price())] == kinds


def test_only_whole_lots_count_towards_a_minimum_value() -> None:
    rules = market("XYZ/USDT", least="1", lot="1", min_notional=Decimal(10))
    assert only(balance("4.9", "XYZ"), rules, price("XYZ/USDT", "2.1")).kind is DustKind.BELOW_MINIMUM


def test_what_a_sale_leaves_behind_is_a_line_of_that_amount() -> None:
    dust = only(balance("10.007", "XYZ"), market("XYZ/USDT", least="1", lot="0.01"), price("XYZ/USDT", "2"))
    assert (dust.kind, dust.amount, dust.lot_size) == (DustKind.LOT_RESIDUE, Decimal("0.007"), Decimal("0.01"))


def test_the_market_that_leaves_the_least_behind_is_taken() -> None:
    markets = (market("XYZ/USDT", least="1", lot="1"), market("XYZ/EUR", least="1", lot="0.1"))
    dust = only(balance("10.37", "XYZ"), *markets, price("XYZ/USDT", "2"))
    assert (dust.best_market, dust.amount) == ("XYZ/EUR", Decimal("0.07"))


def test_no_residue_on_one_market_is_no_residue() -> None:
    markets = (market("XYZ/USDT", least="1", lot="1"), market("XYZ/EUR", least="1", lot="0.01"))
    assert lines(balance("10.37", "XYZ"), *markets) == ()


def test_the_whole_balance_can_leave_instead_of_being_sold() -> None:
    rules = (market("XYZ/USDT", least="1", lot="0.01"), network("XYZ", least="1", fee="1"))
    dust = only(balance("10.007", "XYZ"), *rules)
    assert dust.route is Route.WITHDRAW
    assert "For all 10.007 XYZ, instead of selling: withdraw it over" in str(dust.reason)


def test_an_asset_without_any_market_has_none() -> None:
    assert only(balance("4", "OLD"), market()).kind is DustKind.NO_MARKET


def test_an_asset_whose_market_is_suspended_waits_for_it() -> None:
    dust = only(balance("4", "OLD"), market("OLD/USDT", live=False))
    assert (dust.kind, dust.route) == (DustKind.NO_MARKET, Route.WAIT)
    assert "OLD/USDT" in str(dust.reason)


def test_a_market_that_is_not_open_is_no_way_out_for_what_open_ones_refuse() -> None:
    dust = only(balance("0.000004"), market(), market("BTC/EUR", live=False, least=None), network())
    assert dust.route is Route.SUPPORT


def test_a_suspended_market_that_asks_for_more_is_not_worth_waiting_for() -> None:
    dust = only(balance("4", "OLD"), market("OLD/USDT", live=False, least="5"))
    assert (dust.kind, dust.route) == (DustKind.NO_MARKET, Route.SUPPORT)


def test_a_non_tradable_asset_has_no_market_whatever_is_listed() -> None:
    rules = (market("OLD/USDT", least="1"), network("OLD", least="0.1", fee="2", fee_asset="USDT"))
    dust = only(balance("4", "OLD", tradable=False), *rules)
    assert (dust.kind, dust.route) == (DustKind.NO_MARKET, Route.WITHDRAW)
    assert "fee 2 USDT" in str(dust.reason)


@pytest.mark.parametrize(
    "rules",
    [
        (),
        (market(least=None), price()),
        (market(min_notional=Decimal(1)),),
        (market(least="0.1"), market("BTC/EUR", least=None)),
        (market(lot=None),),
    ],
)
def test_what_could_not_be_read_is_unknown_and_never_taken_for_sellable(rules: Any) -> None:
    assert only(balance("0.000011"), *rules).kind is DustKind.UNKNOWN


def test_a_quote_without_a_price_is_unknown() -> None:
    assert only(balance("0.4", "USDT"), market(), price(last=None)).kind is DustKind.UNKNOWN


def test_an_amount_below_a_known_minimum_needs_no_price() -> None:
    assert only(balance("0.000001"), market(min_notional=Decimal(1))).kind is DustKind.BELOW_MINIMUM


def test_one_known_market_that_takes_it_is_enough() -> None:
    assert lines(balance("1"), market(), market("BTC/EUR", least=None)) == ()


def test_markets_that_could_not_be_read_are_waited_for() -> None:
    dust = only(balance("1"))
    assert dust.route is Route.WAIT
    assert "not known" in str(dust.reason)


def test_a_market_whose_minimum_could_not_be_read_is_the_one_to_try() -> None:
    dust = only(balance("0.01"), market(least="0.1"), market("BTC/EUR", least=None))
    assert (dust.route, dust.best_market, dust.shortfall) == (Route.SELL, "BTC/EUR", None)
    assert str(dust.reason).endswith("Try to sell it on BTC/EUR.")


@pytest.mark.parametrize(
    ("records", "readings", "expected"),
    [
        ((convertible(),), (), True),
        ((convertible("ETH"),), (), False),
        ((), (CONVERT_READ,), False),
        ((), (), None),
        ((), (unread(Trouble.NETWORK, surface="convertible-funding"),), None),
        ((convertible(wallet="trading"),), (), None),
    ],
)
def test_the_conversion_list_of_the_wallet_is_one_of_yes_no_and_not_read(
    records: tuple[Record, ...], readings: tuple[Reading, ...], expected: Any
) -> None:
    assert only(balance("0.000004"), market(), *records, readings=readings).convertible is expected


@pytest.mark.parametrize(("amount", "route"), [("0.00055", Route.WITHDRAW), ("0.00054999", Route.SUPPORT)])
def test_a_withdrawal_must_pay_its_fee_and_reach_its_minimum(amount: Any, route: Route) -> None:
    assert only(balance(amount), market(least="1"), network()).route is route


def test_the_open_network_that_asks_for_the_least_is_named() -> None:
    ways = (
        network(chain="A", least="3"),
        network(chain="B", least="1"),
        network(chain="C", least="0.1", can_withdraw=False),
    )
    assert only(balance("0.5"), market(least="9"), *ways).network == "B"


def test_an_amount_too_small_to_withdraw_can_be_sent_to_another_user() -> None:
    way = network(can_send=True, min_send=Decimal("0.0001"))
    dust = only(balance("0.0002"), market(least="1"), way)
    assert dust.route is Route.TRANSFER
    assert "send it to another OKX user (at least 0.0001 BTC)" in str(dust.reason)


def test_two_wallets_that_together_can_be_sold_are_brought_together_first() -> None:
    rules = (market(), price(), convertible())
    funding, trading = lines(balance("0.000006"), balance("0.000006", wallet="trading"), *rules)
    assert (funding.route, trading.route) == (Route.TRANSFER, Route.TRANSFER)
    assert "0.000012 BTC" in str(funding.reason)


def test_two_wallets_that_together_are_too_little_are_not() -> None:
    funding, _trading = lines(balance("0.000001"), balance("0.000001", wallet="trading"), market(), convertible())
    assert funding.route is Route.CONVERT


def test_closed_withdrawals_with_a_date_are_waited_for() -> None:
    way = network(least="0.1", fee="0", can_withdraw=False, reopens_at=LATER)
    dust = only(balance("0.5"), market(least="1"), way)
    assert dust.route is Route.WAIT
    assert "expected 9 Jul 2026, 08:00 UTC" in Translator()(dust.reason)


def test_support_is_the_last_way_out() -> None:
    dust = only(balance("0.000004"), market(), network(), readings=(CONVERT_READ,))
    assert dust.route is Route.SUPPORT
    assert str(dust.reason).endswith(" Ask support: it cannot be sold, converted or withdrawn.")


def test_support_is_not_the_answer_to_what_was_not_read() -> None:
    dust = only(balance("0.000004"), market(), readings=(unread(Trouble.NETWORK, surface="convertible-funding"),))
    assert "withdrawal minimums and the list of small balances to convert could not be read" in str(dust.reason)


def test_a_list_of_small_balances_that_the_exchange_does_not_have_is_not_missed() -> None:
    dust = only(balance("0.000004"), market(), network())
    assert "could not be read" not in str(dust.reason)
    assert str(dust.reason).endswith("(Assets > Convert small balances); if not, ask support.")


def test_a_sub_account_s_dust_goes_to_the_main_account_first() -> None:
    dust = only(balance("0.000004", owner="alice"), market(), price())
    assert (dust.account, dust.wallet, dust.route) == ("main/alice", "funding", Route.TRANSFER)


def test_a_sub_account_s_wallet_is_not_brought_together_with_the_main_one_s() -> None:
    mine, hers = lines(balance("0.000006"), balance("0.000006", wallet="trading", owner="alice"), market())
    assert "transfer the BTC of your wallets" not in f"{mine.reason} {hers.reason}"


DIGITS = st.decimals(min_value="0.000000000000000001", max_value="1000000000", places=18)
LOTS = st.sampled_from(["1", "0.1", "0.25", "0.001", "0.00000001", "3", None])


@given(amount=DIGITS, least=DIGITS, lot=LOTS, notional=st.none() | DIGITS, last=st.none() | DIGITS)
def test_no_line_loses_a_digit(
    amount: Any, least: Decimal, lot: str | None, notional: Decimal | None, last: Decimal | None
) -> None:
    rules = replace(market("XYZ/USDT", least=plain(least), lot=lot), min_notional=notional)
    traded = price("XYZ/USDT", None if last is None else plain(last))
    for line in lines(balance(plain(amount), "XYZ"), rules, traded):
        if line.kind is not DustKind.LOT_RESIDUE:
            assert line.amount == amount
        else:
            assert lot is not None
            assert subtract(amount, line.amount) % Decimal(lot) == 0
        if line.shortfall is not None:
            enough = total((line.amount, line.shortfall))
            after = lines(balance(plain(enough), "XYZ"), rules, traded)
            assert [rest for rest in after if rest.kind is not DustKind.UNKNOWN] == []


@given(first=DIGITS, second=DIGITS, least=DIGITS)
def test_the_order_of_balances_and_markets_does_not_matter(first: Decimal, second: Decimal, least: Decimal) -> None:
    wallets = (balance(plain(first)), balance(plain(second), wallet="trading"))
    rules = (market(least=plain(least)), market("BTC/EUR", least=plain(least)))
    assert set(lines(*wallets, *rules)) == set(lines(*reversed(rules), *reversed(wallets)))


ABSURD = st.from_regex(r"(0|[1-9][0-9]{0,30})(\.[0-9]{1,31})?", fullmatch=True)


@given(amount=ABSURD, least=ABSURD, lot=ABSURD, notional=ABSURD, last=ABSURD)
def test_no_amount_however_long_is_rounded_or_stops_the_audit(
    amount: str, least: str, lot: str, notional: str, last: str
) -> None:
    rules = market("XYZ/USDT", least=least, lot=lot, min_notional=Decimal(notional))
    shown = (balance(amount, "XYZ"), balance(amount, "USDT"), rules, price("XYZ/USDT", last))
    assert {line.amount for line in lines(*shown) if line.kind is DustKind.BELOW_MINIMUM} <= {Decimal(amount)}
