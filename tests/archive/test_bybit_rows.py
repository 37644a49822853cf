"""How rows of Bybit's lists are read: shapes of its documentation and of answers of real accounts."""

from decimal import Decimal
from typing import Any

import pytest

from auditor.archive.chain import CoinChain
from auditor.archive.list_group import ListGroup, ListProof
from auditor.exchanges.bybit.archive_lists.earn import yield_rows
from auditor.exchanges.bybit.history import FUNDING_LEDGER, UNIFIED_LEDGER, told_coins
from auditor.exchanges.bybit.movement_lists import DEPOSITS, GIFTS, INSIDE_DEPOSITS, MOVES, WITHDRAWALS
from auditor.exchanges.bybit.trade_lists import CONVERSIONS, FILLS, SWEEPS
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

LOG = {
    "id": "592324_XRPUSDT_161440249321",
    "symbol": "XRPUSDT",
    "side": "Buy",
    "category": "spot",
    "type": "TRADE",
    "orderId": "1672128000000192502",
    "orderLinkId": "own",
    "tradeId": "2290000000064683",
    "transSubType": "",
    "tradePrice": "0.3374",
    "funding": "",
    "fee": "0.003374",
    "currency": "USDT",
    "cashFlow": "-3.374",
    "qty": "-3.374",
    "size": "0",
    "feeRate": "0.001",
    "bonusChange": "",
    "transactionTime": "1672128011220",
    "change": "-3.374",
    "cashBalance": "5000.626",
}
FUND = {
    "currency": "ETH",
    "txnAmt": "0.000003422221110000",
    "afterAmt": "0.129083422221110000",
    "ioDirection": "I",
    "showBusiType": "fundingAccountRecordEarn",
    "description": "fundingAccountRecordEarnFlexibleYield",
    "descriptionEn": " Easy Earn ",
    "createTime": "1757558400",
    "currcCursor": "MjAwMDAwMDAyMA==",
}


def unified(**values: Any) -> LedgerEntry:
    return UNIFIED_LEDGER.read(Row({**LOG, **values}, UNIFIED_LEDGER.fields))


def funding(**values: Any) -> LedgerEntry:
    return FUNDING_LEDGER.read(Row({**FUND, **values}, FUNDING_LEDGER.fields))


def listed(paged: SecondList, row: dict[str, Any]) -> ListedRow:
    return paged.read(Row(row, paged.fields))


def test_a_row_of_the_unified_account_changes_it_by_cash_and_fee_together() -> None:
    entry = unified()

    assert (Decimal("-3.374"), Decimal("5000.626"), 1672128011220) == (entry.change, entry.balance, entry.time)
    assert ("trade", "TRADE", "spot", "-0.003374") == (entry.kind, entry.type, entry.subtype, entry.fee)
    assert ("XRPUSDT", "1672128000000192502", "2290000000064683", "own") == (
        *(entry.instrument, entry.order_id, entry.trade_id, entry.ref),
    )


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"category": "linear"}, "pnl"),
        ({"category": "option", "cashFlow": ""}, "pnl"),
        ({"cashFlow": "0", "currency": "MNT"}, "fee"),
        ({"type": "SETTLEMENT", "category": "linear"}, "funding"),
        ({"type": "TRANSFER_IN", "category": "", "symbol": ""}, "transfer"),
        ({"type": "LIQUIDATION", "category": "inverse"}, "pnl"),
        ({"type": "SOMETHING_NEW"}, "other"),
    ],
)
def test_a_row_has_the_kind_of_its_type(values: dict[str, str], kind: str) -> None:
    assert kind == unified(**values).kind


@pytest.mark.parametrize("fee", ["", "0", "-0.5"])
def test_a_fee_that_was_paid_back_or_not_at_all_is_not_below_zero(fee: str) -> None:
    assert unified(fee=fee).fee in {"", "0", "0.5"}


@pytest.mark.parametrize(
    "values", [{"change": ""}, {"cashBalance": None}, {"change": 1.5}, {"transactionTime": ""}, {"currency": ""}]
)
def test_a_row_of_the_unified_account_that_is_not_exact_is_odd(values: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        unified(**values)


def test_the_time_of_the_funding_account_has_whole_seconds() -> None:
    entry = funding()

    assert (1757558400000, "MjAwMDAwMDAyMA==", "reward") == (entry.time, entry.label, entry.kind)
    assert Decimal("0.000003422221110000") == entry.change
    assert ("Easy Earn", "fundingAccountRecordEarnFlexibleYield") == (entry.description, entry.subtype)


def test_what_goes_out_is_below_zero() -> None:
    entry = funding(ioDirection="O", txnAmt="0.0000")

    assert (Decimal(0), "-0.0000") == (entry.change, entry.digits[0])
    assert Decimal("-0.000003422221110000") == funding(ioDirection="O").change


@pytest.mark.parametrize(
    ("group", "description", "direction", "kind"),
    [
        ("TypeDeposit", "Deposit", "I", "deposit"),
        ("TypeWithdraw", "Withdraw", "O", "withdrawal"),
        ("TransferOut", "TransferOut2SubAccount", "O", "subaccount"),
        ("TransferIn", "TransferFromTradingAccount", "I", "transfer"),
        ("Earn", "EarnFlexibleSubscribe", "O", "earn_in"),
        ("Earn", "EarnFlexibleRedeem", "I", "earn_out"),
        ("Fiat", "FiatP2PBuy", "I", "p2p"),
        ("Fiat", "FiatCard", "I", "fiat"),
        ("SomethingNew", "", "I", "other"),
    ],
)
def test_a_row_of_the_funding_account_has_the_kind_of_its_keys(
    group: str, description: str, direction: str, kind: str
) -> None:
    record = "fundingAccountRecord"
    row = {"showBusiType": f"{record}{group}", "description": f"{record}{description}", "ioDirection": direction}
    assert kind == funding(**row).kind


@pytest.mark.parametrize("values", [{"ioDirection": "X"}, {"txnAmt": "-1"}, {"afterAmt": ""}, {"createTime": ""}])
def test_a_row_of_the_funding_account_that_is_not_exact_is_odd(values: dict[str, str]) -> None:
    with pytest.raises(MalformedError):
        funding(**values)


def test_rows_of_one_second_are_put_in_order_by_their_balances() -> None:
    """Ids do not say it: in Bybit's own example of the log both rows of a trade have the same."""
    rows = [("5", "5", "I"), ("2", "6", "O"), ("3", "8", "I")]
    chain = CoinChain("ETH")
    entries = [funding(txnAmt=size, afterAmt=after, ioDirection=direction) for size, after, direction in rows]
    breaks = [one for entry in entries for one in chain.add(entry)]

    assert [] == [*breaks, *chain.settle()]
    assert (Decimal(0), Decimal(6)) == (chain.opening, chain.closing)


def test_blank_balances_of_a_coin_say_nothing() -> None:
    coins = [
        {"coin": "USDT", "walletBalance": "5", "equity": "5"},
        {"coin": "DOGE", "walletBalance": "", "equity": ""},
        {"coin": "XRP", "walletBalance": None, "equity": None},
    ]
    assert ["USDT"] == [row["coin"] for row in told_coins({"list": [{"coin": coins}]}) if isinstance(row, dict)]


@pytest.mark.parametrize(
    ("exact", "shown", "agrees"),
    [
        ("95.319293207440721051", "95.3192932", True),
        ("114.666666666666666667", "114.66666", True),
        ("0.000000000000000001", "0", True),
        ("114.666666666666666667", "114.66667", False),
        ("114.666666666666666667", "114.6666", False),
        ("114.666660000000000001", "114.66666", True),
        ("5", "5.00000", True),
    ],
)
def test_a_balance_of_the_funding_account_agrees_as_far_as_it_is_shown(exact: str, shown: str, agrees: bool) -> None:
    assert agrees is FUNDING_LEDGER.shown.agrees(Decimal(shown), Decimal(exact))
    # The unified account's must be the same.
    assert (Decimal(exact) == Decimal(shown)) is UNIFIED_LEDGER.shown.agrees(Decimal(shown), Decimal(exact))


FILL = {
    "symbol": "BTCUSDT",
    "orderId": "7",
    "execId": "e7",
    "side": "Buy",
    "execPrice": "60000",
    "execQty": "0.001",
    "execFee": "0.000001",
    "feeCurrency": "BTC",
    "isMaker": False,
    "execTime": "1672282722429",
    "execType": "Trade",
}


def test_a_fill_of_a_pair_has_two_rows_and_one_of_contracts_one() -> None:
    spot, linear = (listed(paged, FILL) for paged in FILLS[:2])

    assert (2, 1) == (spot.legs, linear.legs)
    assert (("BTCUSDT", "7"),) == spot.marks
    assert "taker" in spot.cells


@pytest.mark.parametrize("kind", ["Funding", "BustTrade", "Settle"])
def test_a_funding_fee_is_a_fill_of_which_the_ledger_has_another_type(kind: str) -> None:
    assert not listed(FILLS[1], {**FILL, "execType": kind}).due


def test_a_withdrawal_changes_the_balance_by_its_fee_too() -> None:
    row = {
        "withdrawId": "1",
        "coin": "USDT",
        "amount": "77",
        "withdrawFee": "10",
        "status": "success",
        "createTime": "1670922217000",
        "chain": "ETH",
        "toAddress": "0x1",
        "txID": "t",
    }
    assert (("USDT", Decimal(-87)), ("USDT", Decimal(-77))) == listed(WITHDRAWALS, row).marks
    assert not listed(WITHDRAWALS, {**row, "status": "Reject"}).due


@pytest.mark.parametrize(("status", "due"), [("3", True), ("70012", True), ("2", False), ("4", False)])
def test_a_deposit_must_be_in_the_ledger_once_it_is_credited(status: str, due: bool) -> None:
    row = {"id": "1", "coin": "USDT", "amount": "5", "status": status, "successAt": "0", "depositFee": ""}
    assert due is listed(DEPOSITS, row).due


def test_a_deposit_of_another_user_has_whole_seconds() -> None:
    row = {
        "id": "1",
        "coin": "USDT",
        "amount": "5",
        "status": "2",
        "createdTime": "1705393280",
        "address": "x@example.com",
    }
    assert 1705393280000 == listed(INSIDE_DEPOSITS, row).time


def moved(**values: str) -> ListedRow:
    row = {
        "transferId": "t",
        "coin": "USDT",
        "amount": "5",
        "fromAccountType": "FUND",
        "toAccountType": "UNIFIED",
        "status": "SUCCESS",
        "timestamp": "1670988271000",
    }
    return listed(MOVES, {**row, **values})


def test_a_transfer_has_a_half_in_each_wallet() -> None:
    assert (("USDT", Decimal(-5)), ("USDT", Decimal(5))) == moved().marks
    assert () == moved(status="FAILED").marks
    assert () == moved(toAccountType="CONTRACT").marks
    assert moved().expected
    assert not moved(transferId="deposit_123").expected


def given(*parties: str) -> ListedRow:
    row = {
        "transferId": "t",
        "coin": "USDT",
        "amount": "5",
        "fromAccountType": "FUND",
        "toAccountType": "UNIFIED",
        "fromMemberId": parties[0],
        "toMemberId": parties[1],
        "status": "SUCCESS",
        "timestamp": "1670988271000",
    }
    return listed(GIFTS, row)


@pytest.mark.parametrize(("parties", "missing"), [(("1", "2"), 1), (("2", "3"), 0)])
def test_a_transfer_between_two_other_accounts_is_expected_in_no_ledger(parties: tuple[str, str], missing: int) -> None:
    proof = ListProof(GIFTS)
    group = ListGroup([proof], 0, 0, "1")
    group.take_row(proof, given(*parties))
    group.settle()

    assert (missing, 1) == (proof.nowhere, proof.rows)


def test_a_conversion_has_a_row_for_each_of_its_coins() -> None:
    row = {
        "exchangeTxId": "c",
        "fromCoin": "BTC",
        "fromAmount": "0.1",
        "toCoin": "ETH",
        "toAmount": "1.5",
        "exchangeStatus": "success",
        "accountType": "eb_convert_funding",
        "createdAt": "1720074159814",
    }
    assert (("BTC", Decimal("-0.1")), ("ETH", Decimal("1.5"))) == listed(CONVERSIONS, row).marks
    assert () == listed(CONVERSIONS, {**row, "exchangeStatus": "failure"}).marks


def test_small_balances_are_many_rows_for_one_conversion() -> None:
    part = {"fromCoin": "BTC", "fromAmount": "0.0001", "toCoin": "MNT", "toAmount": "9", "status": "success"}
    parts = [part, {**part, "fromCoin": "ETH"}, {**part, "fromCoin": "SOL", "status": "failure"}]
    row = {"exchangeTxId": "s", "createdAt": "1720074159814", "subRecords": parts, "toCoin": "MNT", "toAmount": "18"}

    assert 4 == listed(SWEEPS, {**row, "status": "partial_fulfillment"}).legs


def test_yields_are_in_a_list_or_under_their_own_name() -> None:
    assert [{"id": 1}] == yield_rows({"list": [{"id": 1}]})
    assert [{"id": 2}] == yield_rows({"yield": [{"id": 2}]})
