import pytest

from auditor.i18n import Translator
from auditor.model.records import Record
from auditor.model.report import Severity
from tests.builders import LATER, bot, debt, earning, find_all, flow, order, position

ENGLISH = Translator()


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (order(), "open-order"),
        (order(kind="rfq", side=None, amount=None), "open-order"),
        (position(), "open-position"),
        (position("0", {"margin": "3"}), "open-position"),
        (position("0", {"liability": "3"}), "open-position"),
        (bot(), "bot-running"),
        (bot(state="a state that nobody knows"), "bot-running"),
        (bot(stopped=True, state="no_close_position"), "bot-stopped-with-position"),
        (bot("recurring buy", repeats=True), "recurring-buy"),
        (bot("recurring buy", repeats=True, stopped=True), "recurring-buy"),
        (bot("copy trading position", copies=True), "copy-trading"),
        (bot("copying a lead trader", copies=True, repeats=True), "copy-trading"),
        (bot("unpaid profit share", copies=True, stopped=True), "copy-trading"),
        (earning(), "earn-held"),
        (earning(None), "earn-held"),
        (earning(redeeming=True), "redemption-under-way"),
        (debt(), "debt"),
        (debt(None), "debt"),
        (debt(collateral=True), "collateral-locked"),
        (flow(), "flow-under-way"),
        (flow(known=False, state="99"), "flow-under-way"),
        (flow(direction="deposit", stuck=True), "flow-stuck"),
    ],
)
def test_each_of_these_alone_blocks_closing_once(record: Record, rule: str) -> None:
    assert [(f.rule, f.severity) for f in find_all(record)] == [(rule, Severity.BLOCKER)]


@pytest.mark.parametrize(
    "record", [position("0", {"margin": "0"}), earning("0"), debt("0"), debt("0", collateral=True)]
)
def test_a_row_of_zeros_says_nothing(record: Record) -> None:
    assert find_all(record) == ()


def test_the_mere_role_of_a_lead_trader_is_a_warning() -> None:
    assert [(f.rule, f.severity) for f in find_all(bot("lead trader", acts=False, copies=True))] == [
        ("copy-trading", Severity.WARNING)
    ]


def test_margin_that_a_closed_position_kept_is_told_as_that() -> None:
    (said,) = find_all(position("0", {"margin": "12.5"}))
    assert "BTC-USDT-SWAP: position closed, but something is still in it: margin 12.5." in str(said.message)


def test_a_redemption_says_when_it_is_expected() -> None:
    (said,) = find_all(earning(redeeming=True, ready_at=LATER))
    assert said.ready_at == LATER
    assert "5 USDT in Simple Earn flexible, being redeemed, expected 9 Jul 2026." == ENGLISH(said.message)


def test_a_product_with_a_term_says_when_it_ends() -> None:
    (said,) = find_all(earning(ready_at=LATER))
    assert "5 USDT in Simple Earn flexible, until 9 Jul 2026." == ENGLISH(said.message)


def test_a_redemption_without_a_date_says_so() -> None:
    (said,) = find_all(earning(redeeming=True))
    assert "5 USDT in Simple Earn flexible, being redeemed, no date given." == str(said.message)


def test_a_state_that_the_exchange_does_not_document_is_told_as_such() -> None:
    (said,) = find_all(flow(known=False, state="99"))
    assert "does not document this state" in str(said.message)


def test_a_stuck_deposit_says_why() -> None:
    (said,) = find_all(flow(direction="deposit", stuck=True, reason="the address is on a blacklist"))
    assert "the address is on a blacklist" in str(said.message)


def test_a_recurring_buy_says_that_it_will_buy_again() -> None:
    (said,) = find_all(bot("recurring buy", repeats=True))
    assert "It will keep buying until you stop it." in str(said.message)


def test_an_amount_in_a_market_s_own_unit_is_not_given_as_one_of_an_asset() -> None:
    (said,) = find_all(order())
    assert (said.asset, said.amount) == (None, None)


def test_what_to_do_names_the_menus_of_the_exchange_that_it_is_about_and_of_no_other() -> None:
    said = {
        exchange: [str(f.remedy) for f in find_all(order(), exchange=exchange) if f.rule == "open-order"]
        for exchange in ("okx", "binance", "kraken", "gate")
    }
    assert {
        "okx": ["Cancel it. In the app: Trade > Open orders, in the tab for this kind of order."],
        "binance": ["Cancel it. In the app: Orders > Open Orders, for spot, margin, futures and options."],
        "kraken": ["Cancel it. In the app: Kraken Pro > Orders > Open > Cancel."],
        "gate": ["Cancel it."],
    } == said
