"""What asset codes stand for, by the lists that the account's readings name, and what counts once."""

from decimal import Decimal

import pytest

from auditor.assessment.account_view import AccountView
from auditor.assessment.asset_codes import AccountCodes, is_no_asset
from auditor.assessment.dust import dust_lines
from auditor.assessment.overlap import counted_elsewhere
from auditor.assessment.verdict import blocked_areas
from auditor.audit.confirmation import FullReading
from auditor.model.records import Record
from auditor.model.report import DustKind
from auditor.model.snapshot import Reading
from auditor.rules._engine import findings
from tests.builders import (
    account,
    balance,
    earning,
    market,
    network,
    one_surface_each,
    price,
    reading,
    snapshot,
    unread,
)

LISTS = one_surface_each(market("LDO/USDT"), market("DOGE/USDT", least="1"), price("DOGE/USDT", "0.1"), network("PEPE"))


def codes(*readings: Reading, exchange: str = "binance") -> AccountCodes:
    return AccountCodes.of(account(*readings, exchange=exchange))


def spot(*held: Record, surface: str = "spot") -> Reading:
    return reading(*held, surface=surface, title="Spot wallet")


def flexible(*held: Record) -> Reading:
    return reading(*held, surface="simple-earn-flexible", title="Simple Earn flexible")


def elsewhere(*readings: Reading, exchange: str = "binance") -> list[str]:
    """Return the subjects that are counted at another place."""
    return sorted(
        subject for _account, _surface, _owner, subject in counted_elsewhere(snapshot(*readings, exchange=exchange))
    )


@pytest.mark.parametrize(
    ("asset", "coin"),
    [
        ("LDDOGE", "DOGE"),
        ("LDUSDT", "USDT"),
        ("LDPEPE", "PEPE"),
        ("LDLDO", "LDO"),
        ("LDSHIB2", "LDSHIB2"),
        ("LDX", "LDX"),
    ],
)
def test_a_share_is_one_of_a_coin_that_the_lists_name(asset: str, coin: str) -> None:
    assert coin == codes(*LISTS).coin(asset)


def test_a_coin_that_markets_name_is_no_share_even_of_a_coin_that_there_is() -> None:
    lists = one_surface_each(market("LDO/USDT"), market("O/USDT"), market("LDX/USDT"), market("X/USDT"))
    assert ["LDO", "LDX"] == [codes(*lists).coin(asset) for asset in ("LDO", "LDX")]


def test_without_a_list_of_markets_what_is_written_like_a_share_is_told_as_one() -> None:
    assert ["LDO", "WIF"] == [codes().coin(asset) for asset in ("LDO", "LDWIF")]


def test_an_earn_row_names_the_coin_of_a_share() -> None:
    lists = (*LISTS, flexible(earning("5", "WIF")))
    assert "WIF" == codes(*lists).coin("LDWIF")


def test_an_exchange_without_codes_has_coins_only() -> None:
    assert ["LDUSDT", "XBT.F"] == [codes(exchange="htx").coin(asset) for asset in ("LDUSDT", "XBT.F")]


@pytest.mark.parametrize(
    ("asset", "coin"),
    [
        *(("XXBT", "BTC"), ("XBT", "BTC"), ("ZEUR", "EUR"), ("XXDG", "DOGE"), ("XBT.F", "BTC"), ("XXBT.F", "BTC")),
        *(
            ("DOT28.S", "DOT"),
            ("ETH2.S", "ETH"),
            ("ETH2", "ETH"),
            ("FLOWH.S", "FLOW"),
            ("USD.M", "USD"),
            ("1INCH.S", "1INCH"),
        ),
        *(("XTZ", "XTZ"), ("ZRX", "ZRX"), ("ZETA", "ZETA"), ("KFEE", "KFEE")),
    ],
)
def test_each_spelling_at_kraken_is_one_coin(asset: str, coin: str) -> None:
    assert coin == codes(exchange="kraken").coin(asset)


def test_prices_and_markets_in_the_exchanges_own_spelling_value_and_sell_what_stands_for_a_coin() -> None:
    lists = one_surface_each(market("XXBT/ZUSD", least="0.0001"), price("XXBT/ZUSD", "60000"))
    whole = snapshot(spot(balance("0.00001", "XBT.F", wallet="spot")), *lists, exchange="kraken")
    (line,) = dust_lines(AccountView(whole, whole.accounts[0]))

    assert (DustKind.BELOW_MINIMUM, "XBT.F", "BTC/USD") == (line.kind, line.asset, line.best_market)
    assert Decimal("0.60") == line.value_usd


def test_a_share_counts_once_where_the_product_shows_no_less() -> None:
    assert ["LDDOGE"] == elsewhere(spot(balance("5", "LDDOGE")), flexible(earning("5", "DOGE")), *LISTS)
    assert ["LDDOGE"] == elsewhere(spot(balance("5", "LDDOGE")), flexible(earning("5.1", "DOGE")), *LISTS)
    assert [] == elsewhere(spot(balance("5", "LDDOGE")), flexible(earning("4.9", "DOGE")), *LISTS)


def test_a_share_counts_where_the_product_says_nothing_of_it() -> None:
    share = spot(balance("5", "LDDOGE"))
    assert [] == elsewhere(share, *LISTS)
    assert [] == elsewhere(share, flexible(earning("5", "LDO")), *LISTS)
    assert [] == elsewhere(share, flexible(earning(None, "DOGE")), *LISTS)
    assert [] == elsewhere(share, unread(surface="simple-earn-flexible"), *LISTS)
    assert [] == elsewhere(share, reading(earning("5", "DOGE"), surface="simple-earn-locked"), *LISTS)


def test_two_shares_do_not_both_hide_behind_one_product() -> None:
    two = (spot(balance("5", "LDDOGE")), spot(balance("3", "LDDOGE", subject="other"), surface="funding"))
    assert ["LDDOGE"] == elsewhere(*two, flexible(earning("6", "DOGE")), *LISTS)
    assert ["LDDOGE", "other"] == elsewhere(*two, flexible(earning("8", "DOGE")), *LISTS)


def test_a_share_in_a_sub_account_is_not_the_main_accounts() -> None:
    share = spot(balance("5", "LDDOGE", owner="cellar"))
    assert [] == elsewhere(share, flexible(earning("5", "DOGE")), *LISTS)


def test_a_product_counts_in_the_wallet_only_where_the_wallet_shows_as_much() -> None:
    def staked(amount: str) -> Reading:
        return reading(earning(amount, "WBETH", subject="staked"), surface="eth-staking")

    assert ["staked"] == elsewhere(spot(balance("5", "WBETH")), staked("5"))
    assert [] == elsewhere(spot(balance("5", "WBETH")), staked("6"))


def test_a_share_and_its_coin_are_enough_together() -> None:
    lists = one_surface_each(market("DOGE/USDT", least="5"), price("DOGE/USDT", "0.1"))
    held = (balance("3", "LDDOGE", wallet="spot"), balance("3", "DOGE", wallet="spot"))
    whole = snapshot(spot(*held), *lists, exchange="binance")
    lines = dust_lines(AccountView(whole, whole.accounts[0]))

    assert ["transfer", "transfer"] == [line.route for line in lines]
    assert all("spot (LDDOGE)" in str(line.reason) and "6 DOGE" in str(line.reason) for line in lines)


def test_fee_credits_hold_nothing_in_any_area() -> None:
    whole = snapshot(spot(balance("9", "KFEE")), exchange="kraken")

    assert is_no_asset("kraken", balance("9", "KFEE"))
    assert not is_no_asset("binance", balance("9", "KFEE"))
    assert set() == blocked_areas(whole.accounts[0], findings(whole))


def test_an_empty_row_of_fee_credits_says_nothing() -> None:
    assert () == findings(snapshot(spot(balance("0", "KFEE")), exchange="kraken"))


def test_a_share_that_is_tied_up_says_so_and_what_it_is() -> None:
    whole = snapshot(spot(balance("5", "LDDOGE", parts={"frozen": "2"})), *LISTS, exchange="binance")
    (found,) = findings(whole)

    assert "frozen-balance" == found.rule
    assert "It is DOGE in Simple Earn." in str(found.message)
    assert str(found.remedy).startswith("Redeem it in Simple Earn")


def test_an_account_with_fee_credits_alone_is_read_a_second_time_as_an_empty_one_is() -> None:
    assert FullReading("kraken", (), (), (spot(balance("9", "KFEE")),)).seems_empty
    assert not FullReading("kraken", (), (), (spot(balance("9", "KFEE"), balance("1", "XXBT")),)).seems_empty
