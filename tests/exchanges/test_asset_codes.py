"""Codes that stand for something else: each exchange's table, and what is told of them over HTTP."""

import re
import string
from decimal import Decimal

import pytest

from auditor.demo import account as demo_account
from auditor.exchanges.code_tables import code_table
from auditor.exchanges.registry import all_ids, load
from auditor.model.records import Balance
from auditor.model.report import Finding, Report, Severity
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from auditor.settings.asset_codes import code_table as inherited_table
from auditor.spec.asset_codes import AssetCode
from tests.conftest import Audit

TABLES = {exchange: table for exchange in all_ids() if (table := code_table(exchange)) is not None}
CODES = [(exchange, code) for exchange, table in TABLES.items() for code in table.codes]
SPOT, FLEXIBLE = "sapi/v3/asset/getUserAsset", "sapi/v1/simple-earn/flexible/position"


def fields(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(("exchange", "code"), CODES, ids=lambda value: getattr(value, "pattern", value))
def test_each_code_has_sentences_a_pattern_and_a_source(exchange: str, code: AssetCode) -> None:
    assert exchange
    assert fields(code.meaning) | fields(code.remedy) <= {"coin"}
    assert code.source
    assert code.coin or "coin" in re.compile(code.pattern).groupindex or not fields(code.meaning) | fields(code.remedy)


@pytest.mark.parametrize(("exchange", "code"), CODES, ids=lambda value: getattr(value, "pattern", value))
def test_a_place_that_lists_a_code_again_is_one_of_a_complete_table(exchange: str, code: AssetCode) -> None:
    table = load(exchange)
    assert not table.complete or code.listed_in <= {surface.id for surface in table.surfaces}


def test_a_site_has_the_codes_of_the_exchange_whose_facts_it_inherits() -> None:
    assert inherited_table("okx") == inherited_table("myokx") == inherited_table("okxus")
    assert () == inherited_table("deribit").codes


def asset(code: str, amount: str) -> dict[str, str]:
    figures = {"free": amount, "locked": "0", "freeze": "0", "withdrawing": "0", "ipoable": "0", "btcValuation": "0"}
    return {"asset": code, **figures}


def flexible(coin: str, amount: str) -> dict[str, object]:
    return {"productId": f"{coin}001", "asset": coin, "totalAmount": amount, "collateralAmount": "0", "canRedeem": True}


def binance(audit: Audit, spot: list[dict[str, str]], earn: list[dict[str, object]] | None = None) -> Report:
    account = demo_account("binance-empty").with_rows(SPOT, spot).with_rows(FLEXIBLE, earn or [])
    return audit(account).report


def kraken(audit: Audit, **balances: str) -> Report:
    rows = [{"asset": code, "balance": amount, "hold_trade": "0.0000000000"} for code, amount in balances.items()]
    return audit(demo_account("kraken-empty").with_rows("/0/private/BalanceEx", rows)).report


def of(report: Report, asset: str) -> Finding:
    (finding,) = [one for one in report.findings if one.asset == asset and one.surface == "spot"]
    return finding


def rule_and_words(report: Report, asset: str) -> tuple[str, str, str, str]:
    found = of(report, asset)
    return found.rule, found.severity.value, str(found.message), str(found.remedy)


def test_a_share_in_simple_earn_is_redeemed_and_worth_what_the_coin_is(demo: Audit) -> None:
    report = binance(demo, [asset("LDUSDT", "33.41")])

    rule, severity, message, remedy = rule_and_words(report, "LDUSDT")
    assert ("held-in-product", "blocker") == (rule, severity)
    assert "It is USDT in Simple Earn." in message
    assert "Redeem it in Simple Earn" in remedy
    assert "support" not in remedy
    assert Decimal("33.41") == of(report, "LDUSDT").value_usd
    assert [] == [line for line in report.dust if line.asset == "LDUSDT"]


def test_a_share_that_the_product_lists_counts_there_alone(demo: Audit) -> None:
    report = binance(demo, [asset("LDUSDT", "33.41")], [flexible("USDT", "33.41")])

    blockers = [(f.rule, f.asset) for f in report.findings if f.severity is Severity.BLOCKER]
    assert [("earn-held", "USDT")] == blockers
    assert "It is the same as under Simple Earn Flexible, and counts there." in str(of(report, "LDUSDT").message)


def test_a_share_that_the_product_lists_in_part_counts_itself(demo: Audit) -> None:
    report = binance(demo, [asset("LDUSDT", "33.41")], [flexible("USDT", "33.40")])

    blockers = [(f.rule, f.asset) for f in report.findings if f.severity is Severity.BLOCKER]
    assert {("earn-held", "USDT"), ("held-in-product", "LDUSDT")} == set(blockers)


def test_a_share_counts_itself_where_the_product_could_not_be_read(demo: Audit) -> None:
    account = demo_account("binance-empty").with_rows(SPOT, [asset("LDUSDT", "33.41")])
    report = demo(account.with_refusal(FLEXIBLE, "-1020")).report

    assert "blocker" == of(report, "LDUSDT").severity


def test_a_coin_that_only_looks_like_a_share_is_a_coin(demo: Audit) -> None:
    report = binance(demo, [asset("LDO", "5"), asset("LDDOGE", "40"), asset("LDSHIB2", "100000")])

    assert "held-in-product" != of(report, "LDO").rule
    assert "Earn" not in str(of(report, "LDO").message)
    assert "It is DOGE in Simple Earn." in str(of(report, "LDDOGE").message)
    assert "It is SHIB in Simple Earn." in str(of(report, "LDSHIB2").message)


def test_a_share_too_small_to_sell_is_dust_of_its_coin(demo: Audit) -> None:
    report = binance(demo, [asset("LDDOGE", "0.5")])

    (line,) = report.dust
    assert ("LDDOGE", "below_minimum", "DOGE/USDT") == (line.asset, line.kind, line.best_market)
    assert str(line.reason).startswith("It is DOGE in Simple Earn. Redeem it in Simple Earn")


def test_the_plan_redeems_a_share_before_anything_is_sold(demo: Audit) -> None:
    steps = make_plan(binance(demo, [asset("LDDOGE", "100")])).steps

    assert [["LDDOGE"]] == [[f.asset for f in step.findings] for step in steps if step.kind is StepKind.REDEEM_EARN]


def test_staked_ether_that_the_wallet_shows_too_counts_in_the_wallet(demo: Audit) -> None:
    account = demo_account("binance-empty").with_rows(SPOT, [asset("WBETH", "0.5")])
    staked = account.with_rows("sapi/v2/eth-staking/account", [{"holdings": {"wbethAmount": "0.5", "bethAmount": "0"}}])
    report = demo(staked).report

    assert ["WBETH"] == [f.asset for f in report.findings if f.severity is Severity.BLOCKER]
    assert ["spot"] == [f.wallet for f in report.findings if f.severity is Severity.BLOCKER]


@pytest.mark.parametrize(
    ("code", "rule", "said", "advice"),
    [
        ("XBT.F", "balance-left", "It is BTC that earns rewards by itself and stays free.", "Switch the automatic"),
        ("XBT.M", "held-in-product", "It is BTC in opt-in rewards.", "Take it out of the opt-in rewards"),
        ("ETH.B", "held-in-product", "It is ETH that is bonded in Earn.", "may need days"),
        ("ETH.S", "held-in-product", "It is ETH that is staked.", "Unstake it under Earn"),
        ("ETH2.S", "held-in-product", "It is ETH that is staked.", "Unstake it under Earn"),
        ("SOL03.S", "held-in-product", "It is SOL that is staked.", "Unstake it under Earn"),
        ("EUR.HOLD", "no-market", "It is EUR on hold", "Wait until Kraken releases it"),
        ("AAPLX.T", "no-market", "It is the tokenised stock AAPLX.", "Look among the stocks"),
        ("DOT.P", "no-market", "It is DOT in a parachain auction.", "Look in Kraken's app"),
        ("BTC.Q", "balance-left", "It is BTC under an ending that this program does not know.", "Look in Kraken's app"),
    ],
)
def test_each_ending_at_kraken_is_told_with_what_to_do(
    demo: Audit, code: str, rule: str, said: str, advice: str
) -> None:
    report = kraken(demo, **{code: "0.5000000000"})

    (found,) = [f for f in report.findings if f.severity is Severity.BLOCKER and f.surface == "spot"]
    assert (rule, "0.5") == (found.rule, str(found.amount.normalize() if found.amount else ""))
    assert said in str(found.message)
    assert advice in str(found.remedy)


def test_bitcoin_that_earns_is_worth_what_bitcoin_is(demo: Audit) -> None:
    report = kraken(demo, **{"XBT.F": "0.0090000000"})

    (found,) = [f for f in report.findings if f.severity is Severity.BLOCKER and f.surface == "spot"]
    assert Decimal("540.00") == found.value_usd


def test_fee_credits_are_no_asset_and_do_not_block(demo: Audit) -> None:
    report = kraken(demo, KFEE="1234.56")

    (found,) = [f for f in report.findings if f.asset == "KFEE"]
    assert ("no-asset", "info", None) == (found.rule, found.severity, found.value_usd)
    assert "no asset" in str(found.message)
    assert [] == list(report.dust)
    assert "blocked" != report.verdict


def test_fee_credits_beside_money_hide_nothing(demo: Audit) -> None:
    report = kraken(demo, KFEE="1234.56", XXBT="0.0100000000")

    assert "blocked" == report.verdict


def test_the_row_of_the_exchange_is_kept_as_it_is(demo: Audit) -> None:
    audited = demo(
        demo_account("kraken-empty").with_rows(
            "/0/private/BalanceEx", [{"asset": "XBT.F", "balance": "0.0090000000", "hold_trade": "0.0000000000"}]
        )
    )
    (record,) = [
        one
        for reading in audited.snapshot.accounts[0].readings
        for one in getattr(reading.result, "records", ())
        if isinstance(one, Balance)
    ]
    assert "0.0090000000" == record.row["balance"]
