from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.model.records import Area, Record
from auditor.model.report import Finding, Severity
from tests.builders import (
    balance,
    blockers,
    bot,
    convertible,
    debt,
    find_all,
    flow,
    market,
    network,
    order,
    position,
    price,
    unread,
    warnings,
)


def only(*records: Record, **more: Any) -> Finding:
    """The one finding about a balance."""
    (finding,) = [f for f in find_all(*records, **more) if f.severity is Severity.BLOCKER]
    return finding


def test_a_balance_alone_blocks_closing() -> None:
    assert blockers(balance("0.5"), market(), price()) == ["balance-left"]


def test_a_balance_says_how_much_it_is_to_the_last_digit_and_where() -> None:
    finding = only(balance("0.12345678"), market(), price())
    assert str(finding.message) == "Funding wallet holds 0.12345678 BTC."
    assert (finding.wallet, finding.asset, str(finding.amount), str(finding.value_usd)) == (
        "funding",
        "BTC",
        "0.12345678",
        "6172.84",
    )


def test_an_empty_wallet_row_says_nothing() -> None:
    assert find_all(balance("0", parts={"available": "0", "frozen": "0"})) == ()


@pytest.mark.parametrize("part", ["available", "equity", "isolated", "margin", "elsewhere", "pending", "in_orders"])
def test_any_other_figure_alone_blocks_too_and_is_told(part: str) -> None:
    finding = only(balance("0", parts={part: "0.3"}))
    assert finding.rule in {"balance-left", "frozen-balance"}
    assert "0.3" in str(finding.message)


def test_a_balance_whose_minimum_could_not_be_read_stays_an_ordinary_one_with_a_note() -> None:
    finding = only(balance("0.00000001"), market(least=None), price())
    assert finding.rule == "balance-left"
    assert "could not be read" in str(finding.message)


def test_dust_is_called_dust_and_says_what_is_missing() -> None:
    finding = only(balance("0.000004"), market(), price())
    assert finding.rule == "dust-below-minimum"
    assert "Funding wallet holds 0.000004 BTC. That is too little to sell (BTC/USDT needs 0.00001 BTC)." == str(
        finding.message
    )


def test_dust_names_the_way_out() -> None:
    finding = only(balance("0.000004"), market(), price(), convertible())
    assert str(finding.remedy) == "Convert it: OKX accepts it among small balances."


def test_a_balance_that_a_sale_would_not_clear_warns_before_new_dust_is_made() -> None:
    finding = only(balance("10.007", "XYZ"), market("XYZ/USDT", least="1", lot="0.01"), price("XYZ/USDT", "2"))
    assert finding.rule == "lot-residue"
    assert "Selling leaves 0.007 XYZ that cannot be sold." in str(finding.message)


def test_a_balance_without_a_live_market_says_so() -> None:
    finding = only(balance("4", "OLD"), market(), market("OLD/USDT", live=False))
    assert finding.rule == "no-market"
    assert str(finding.remedy) == "Wait until OLD/USDT opens for trading."


def test_a_non_tradable_asset_is_not_taken_for_one_without_a_market() -> None:
    finding = only(balance("4", "OLD", tradable=False), market(), network("OLD", least="1", fee="5", fee_asset="USDT"))
    assert finding.rule == "non-tradable-asset"
    assert "5 USDT" in str(finding.remedy)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (order("BTC-USDT", side="sell", amount=Decimal("0.5")), "open orders in BTC-USDT"),
        (order("ETH-BTC", side="buy", amount=None), "open orders in ETH-BTC"),
        (bot(), "grid bot BTC-USDT"),
        (bot("copy trading position", copies=True), "copy trading position BTC-USDT"),
        (debt("0.5", "BTC", collateral=True, kind="flexible loan"), "collateral of a flexible loan"),
        (flow("0.5", direction="conversion"), "conversion"),
        (replace(position(), market="BTC-USD-SWAP"), "a position in BTC-USD-SWAP"),
    ],
)
def test_a_frozen_balance_names_what_was_seen_that_ties_it_up(cause: Record, words: str) -> None:
    said = find_all(balance("1", wallet="trading", parts={"frozen": "0.5"}), cause, market(), price())
    assert said[0].rule == "frozen-balance"
    assert str(said[0].message).endswith(f" Probably locked by: {words}.")


@pytest.mark.parametrize(
    "cause",
    [
        order("BTC-USDT", side="buy"),
        order("BTC-USDT", side="sell", amount=Decimal("0.6")),
        replace(order("BTC-USDT-SWAP", side="sell"), amount=None),
        flow("0.6", direction="conversion"),
        flow("0.4"),
        flow("0.4", direction="mining bonus"),
        debt("0.5", "BTC", kind="margin loan"),
        debt("0.6", "BTC", collateral=True),
        position(),
        replace(position(), market="BTC-301227-90000-C"),
        bot("recurring buy", repeats=True),
        replace(bot("trading bot wallet"), total=True),
    ],
)
def test_what_cannot_lock_so_much_of_this_coin_in_this_wallet_is_not_named(cause: Record) -> None:
    said = find_all(balance("1", wallet="trading", parts={"frozen": "0.5"}), cause, market(), price())
    assert "frozen-balance" == said[0].rule
    assert str(said[0].message).endswith("Nothing that was seen explains what locks it.")


def test_a_withdrawal_explains_what_is_frozen_in_the_wallet_that_it_leaves() -> None:
    finding = find_all(balance("1", parts={"frozen": "0.5"}), flow("0.4"))[0]
    assert str(finding.message).endswith("Probably locked by: withdrawal.")


def test_what_orders_lock_is_explained_by_orders_alone() -> None:
    locked = balance("1", wallet="trading", parts={"frozen": "0.5", "in_orders": "0.5"})
    finding = find_all(locked, order(side="sell", amount=Decimal("0.5")), bot())[0]
    assert str(finding.message).endswith("Probably locked by: open orders in BTC-USDT.")


def test_three_causes_are_named_and_the_others_counted() -> None:
    orders = [order(f"BTC-{quote}", side="sell", amount=None, subject=quote) for quote in ("A", "B", "C", "D", "E")]
    finding = find_all(balance("1", wallet="trading", parts={"frozen": "0.5"}), *orders)[0]
    assert "Probably locked by: open orders in BTC-A, open orders in BTC-B, open orders in BTC-C, and 2 more." in str(
        finding.message
    )


@pytest.mark.parametrize("asset", ["USDT", "USDC", "EUR"])
def test_money_is_withdrawn_and_never_sold(asset: str) -> None:
    finding = only(balance("90", asset), market(f"BTC/{asset}"), price(f"BTC/{asset}"))
    assert "Withdraw it. In the app: Assets > Withdraw (crypto or fiat)." == str(finding.remedy)


def test_a_coin_may_be_withdrawn_before_anybody_speaks_of_selling_it() -> None:
    assert str(only(balance("0.5"), market(), price()).remedy).startswith("Withdraw it. Or sell or convert it first.")


def test_a_crumb_of_money_goes_out_with_the_rest_and_buys_nothing() -> None:
    crumb = only(
        balance("0.00000001", "USDT"), market("NA/USDT", least="5"), price("NA/USDT", "0.09"), market(), price()
    )
    assert "dust-below-minimum" == crumb.rule
    assert "NA" not in str(crumb.message)
    assert str(crumb.remedy).startswith("Leave it for last: it goes out with the next USDT that you withdraw")


def test_a_frozen_balance_that_nothing_explains_says_so() -> None:
    finding = only(balance("1", parts={"frozen": "0.5"}), market(), price())
    assert str(finding.message) == (
        "Funding wallet holds 1 BTC (frozen 0.5). Nothing that was seen explains what locks it."
    )


def test_orders_do_not_explain_what_is_frozen_in_the_funding_wallet() -> None:
    (said, _order) = find_all(balance("1", parts={"frozen": "0.5"}), order())
    assert "Nothing that was seen" in str(said.message)


def test_a_deposit_does_not_explain_a_frozen_balance() -> None:
    (said, _flow) = find_all(balance("1", parts={"frozen": "0.5"}), flow(direction="deposit"))
    assert "Nothing that was seen" in str(said.message)


@pytest.mark.parametrize(
    "other",
    [
        order(side="sell", owner="alice"),
        flow("0.5", direction="conversion", owner="alice"),
        bot(owner="alice"),
        replace(position(owner="alice"), market="BTC-USD-SWAP"),
        bot(acts=False),
    ],
)
def test_what_goes_on_elsewhere_explains_nothing_here(other: Record) -> None:
    said = find_all(balance("1", wallet="trading", parts={"frozen": "1"}), other)
    assert "Nothing that was seen" in str(said[0].message)


@pytest.mark.parametrize("other", [bot(owner="alice"), bot(acts=False)])
def test_a_bot_elsewhere_explains_no_funds_in_bots(other: Record) -> None:
    said = find_all(balance("1", wallet="trading", parts={"in_bots": "1"}), other)
    assert said[0].rule == "unexplained-bot-funds"


def test_dust_that_is_frozen_is_told_as_frozen() -> None:
    assert blockers(balance("0.000004", parts={"frozen": "0.000004"}), market(), price()) == ["frozen-balance"]


def test_funds_in_a_bot_that_was_seen_are_tied_up_and_explained() -> None:
    assert blockers(balance("0", wallet="trading", parts={"in_bots": "9"}), bot()) == ["frozen-balance", "bot-running"]


def test_funds_in_a_bot_that_no_surface_shows_are_a_finding_of_their_own() -> None:
    finding = only(balance("0", "ETH", wallet="trading", parts={"in_bots": "9"}))
    assert finding.rule == "unexplained-bot-funds"
    assert str(finding.message).endswith(" It is in a kind of bot that only the app shows.")


def test_a_bot_in_another_asset_explains_nothing() -> None:
    assert "unexplained-bot-funds" in blockers(balance("0", "ETH", wallet="trading", parts={"in_bots": "9"}), bot())


def test_copy_trading_explains_no_funds_in_bots() -> None:
    copying = bot("copying a lead trader", copies=True)
    assert "unexplained-bot-funds" in blockers(balance("0", "BTC", wallet="trading", parts={"in_bots": "9"}), copying)


def test_funds_in_a_sniper_are_never_explained_by_a_bot() -> None:
    sniper = balance("0", "BTC", wallet="trading", parts={"in_sniper": "9"})
    assert "unexplained-bot-funds" in blockers(sniper, bot())


def test_bots_that_could_not_be_read_are_not_called_invisible() -> None:
    finding = only(balance("0", "ETH", parts={"in_bots": "9"}), readings=(unread(area=Area.BOTS),))
    assert str(finding.message).endswith("No bot that could be read explains this.")


def test_a_balance_below_zero_is_a_debt() -> None:
    finding = only(balance("-3", "USDT", wallet="trading"))
    assert finding.rule == "debt"
    assert "-3 USDT" in str(finding.message)


def test_a_liability_on_an_empty_balance_is_a_debt() -> None:
    assert blockers(balance("0", "USDT", parts={"liability": "3"})) == ["debt"]


def test_a_balance_and_what_is_owed_in_the_same_asset_are_two_holdings() -> None:
    assert blockers(balance("5", "USDT"), debt("3"), market("USDT/EUR", least="1"), price("USDT/EUR", "1")) == [
        "balance-left",
        "debt",
    ]


def test_trial_funds_are_a_warning_that_asks_to_look_in_the_app() -> None:
    (said,) = find_all(balance("0", "USDT", trial=balance("10").amount))
    assert (said.rule, said.severity) == ("trial-funds", Severity.WARNING)
    assert "Check Rewards in the app" in str(said.remedy)


def test_trial_funds_are_told_by_their_own_amount_and_worth() -> None:
    (said,) = [f for f in find_all(balance("2210.5", "USDT", trial=balance("15").amount)) if f.rule == "trial-funds"]
    assert (said.asset, str(said.amount), str(said.value_usd)) == ("USDT", "15", "15.00")


def test_no_trial_funds_no_warning() -> None:
    assert warnings(balance("0", "USDT", trial=balance("0").amount)) == []
