"""How rows of Bitget's lists are read: shapes of its documentation and of answers of real accounts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from auditor.archive.proof import balances_in
from auditor.exchanges.bitget.archive_errors import ERRORS
from auditor.exchanges.bitget.classic_ledgers import CLASSIC_LEDGERS, SPOT_LEDGER
from auditor.exchanges.bitget.fee_signs import BESIDE, INSIDE, UNSIGNED, fee_signs
from auditor.exchanges.bitget.history_kinds import group_kind
from auditor.exchanges.bitget.ledger_rows import SPOT_NAMES
from auditor.exchanges.bitget.movement_lists import GIVEN, MOVES, UNIFIED_MOVEMENTS, moved
from auditor.exchanges.bitget.opening import opened_rows
from auditor.exchanges.bitget.shown_balances import HELD, cross_coins, futures_coins, unified_rows, upper_rows
from auditor.exchanges.bitget.sources import rows_or_none
from auditor.exchanges.bitget.unified_history import FUNDING_LEDGER, UNIFIED_LEDGER
from auditor.model.snapshot import Trouble
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import Ledger, LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

RECORD = {
    "category": "Margin",
    "id": "1311111111111111100",
    "symbol": "BTCUSDT",
    "coin": "BTC",
    "type": "ORDER_DEALT_IN",
    "positionType": "crossed",
    "positionAmount": "0.001",
    "positionBalance": "0.001",
    "amount": "0.00531168",
    "fee": "-0.00000531",
    "balance": "55.10017801",
    "ts": "1745853486185",
}
FUNDING = {
    "id": "1477183363639320585",
    "coin": "USDT",
    "groupType": "transfer",
    "type": "transfer_out",
    "amount": "-30.00000000",
    "balance": "0.00000000",
    "ts": "1787913879280",
}
BILL = {
    "cTime": "1700729673028",
    "coin": "usdt",
    "groupType": "deposit",
    "businessType": "DEPOSIT",
    "size": "1",
    "balance": "1",
    "fees": "0",
    "billId": "1291",
}


def entry(ledger: Ledger, row: Mapping[str, Any], **values: Any) -> LedgerEntry:
    return ledger.read(Row({**row, **values}, ledger.fields))


def listed(paged: SecondList, row: Mapping[str, Any]) -> ListedRow:
    return paged.read(Row(row, paged.fields))


def test_a_row_of_the_unified_account_changes_it_by_amount_and_fee() -> None:
    found = entry(UNIFIED_LEDGER, RECORD)

    assert (Decimal("0.00530637"), Decimal("55.10017801")) == (found.change, found.balance)
    assert ("0.00530637", "55.10017801") == found.digits
    assert ("trade", "ORDER_DEALT_IN", "-0.00000531", "BTCUSDT") == (
        *(found.kind, found.type, found.fee, found.instrument),
    )
    assert (1311111111111111100, 1745853486185) == (found.number, found.time)


def test_a_row_without_a_fee_keeps_its_digits() -> None:
    found = entry(UNIFIED_LEDGER, RECORD, amount="-0.313991250", fee="0", balance="59981.7105387860399993")

    assert ("-0.313991250", "59981.7105387860399993") == found.digits
    assert "" == found.fee


@pytest.mark.parametrize("fee", [None, ""])
def test_a_blank_fee_is_none(fee: str | None) -> None:
    assert Decimal("0.00531168") == entry(UNIFIED_LEDGER, RECORD, fee=fee).change


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("TRANSFER_IN", "transfer"),
        ("ORDER_PLF_FEE_OUT", "fee"),
        ("OPEN_SHORT", "pnl"),
        ("CONTRACT_MAIN_SETTLE_FEE_USER_OUT", "funding"),
        ("INTEREST_SETTLEMENT_OUT", "interest"),
        ("FINANCIAL_TRANSFER_OUT", "earn_in"),
        ("SMALL_ASSET_SOURCE_TOKEN_USER_OUT", "conversion"),
        ("SOMETHING_NEW", "other"),
    ],
)
def test_a_row_has_the_kind_of_its_type(code: str, kind: str) -> None:
    assert kind == entry(UNIFIED_LEDGER, RECORD, type=code).kind


@pytest.mark.parametrize(
    ("group", "code", "is_in", "kind"),
    [
        ("deposit", "deposit", True, "deposit"),
        ("transfer", "", False, "transfer"),
        ("transaction", "BUY", True, "trade"),
        ("transaction", "DEDUCTION_HANDLING_FEE", False, "fee"),
        ("financial", "interest", True, "reward"),
        ("financial", "redeem", True, "earn_out"),
        ("financial", "subscribe", False, "earn_in"),
        ("other", "AIRDROP_REWARDS", True, "airdrop"),
        ("fait", "DEPOSIT", True, "fiat"),
        ("lottery", "", True, "other"),
    ],
)
def test_a_row_of_the_funding_or_spot_wallet_has_the_kind_of_its_group(
    group: str, code: str, is_in: bool, kind: str
) -> None:
    assert kind == group_kind(group, code, is_in=is_in)


def test_a_row_of_the_funding_account_may_have_a_blank_type() -> None:
    found = entry(FUNDING_LEDGER, FUNDING, type="")

    assert (Decimal(-30), Decimal(0), "transfer", "") == (found.change, found.balance, found.type, found.subtype)


def test_a_coin_in_small_letters_is_the_same() -> None:
    assert "USDT" == entry(SPOT_LEDGER, BILL).asset


@pytest.mark.parametrize("ledger", [UNIFIED_LEDGER, FUNDING_LEDGER, *CLASSIC_LEDGERS], ids=lambda one: one.id)
def test_a_coin_with_a_small_letter_is_compared_with_the_balance_that_is_shown(ledger: Ledger) -> None:
    """A token of a share, by whose name the newest balance is looked up among those shown."""
    answer = [{"coin": "rTOWN", "balance": "0.2783"}]
    data: Any = {"list": answer, "bills": answer, "resultList": answer}

    (row,) = ledger.endpoint.rows(answer if ledger is SPOT_LEDGER else data)

    assert isinstance(row, dict)
    assert "RTOWN" == row[ledger.asset]


@pytest.mark.parametrize(
    "values", [{"amount": ""}, {"balance": None}, {"amount": 1.5}, {"ts": ""}, {"coin": ""}, {"id": None}, {"type": ""}]
)
def test_a_row_of_the_unified_account_that_is_not_exact_is_odd(values: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        entry(UNIFIED_LEDGER, RECORD, **values)


def test_every_ledger_of_a_classic_account_reads_its_documented_row() -> None:
    rows = {
        "billId": "2",
        "marginId": "2",
        "coin": "USDT",
        "cTime": "1695714563516",
        "balance": "232.21",
        "amount": "0",
        "fee": "-0.222012",
        "feeByCoupon": "",
        "businessType": "open_long",
        "marginType": "deal_out",
        "groupType": "transaction",
        "size": "0",
        "fees": "-0.222012",
    }
    assert {Decimal("-0.222012")} == {entry(ledger, rows).change for ledger in CLASSIC_LEDGERS}


def bills(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    """Rows with size, fee and balance, the newest first."""
    return [
        {"coin": "ETH", "groupType": "transaction", "size": size, "fees": fee, "balance": balance}
        for size, fee, balance in rows
    ]


@pytest.mark.parametrize(
    ("rows", "sign"),
    [
        (bills(("1", "-0.1", "5.9"), ("5", "0", "5")), BESIDE),
        (bills(("0.9", "-0.1", "5.9"), ("5", "0", "5")), INSIDE),
        (bills(("1", "0.1", "5.9"), ("5", "0", "5")), UNSIGNED),
        (bills(("1", "-0.1", "7"), ("5", "0", "5")), BESIDE),
        (bills(("1", "0", "6"), ("5", "0", "5")), BESIDE),
        ([], BESIDE),
    ],
    ids=["beside", "inside", "without a sign", "neither", "no fee", "no row"],
)
def test_the_balances_say_whether_a_fee_is_in_the_amount(rows: list[dict[str, str]], sign: int) -> None:
    sign_of = fee_signs(rows, SPOT_NAMES)

    # A type of which no row says it is like the others.
    assert (sign, sign) == (sign_of("transaction"), sign_of("withdraw"))


def test_each_type_of_rows_has_fees_of_its_own() -> None:
    rows = bills(("1", "-0.1", "5.9"), ("5", "0", "5"))
    sent = [{**row, "coin": "BTC", "groupType": "withdraw"} for row in bills(("-1", "-0.1", "4"), ("5", "0", "5"))]
    sign_of = fee_signs([*rows, *sent], SPOT_NAMES)

    assert (BESIDE, INSIDE) == (sign_of("transaction"), sign_of("withdraw"))


def recorded(category: str, type_: str, moment: int, *figures: str, coin: str = "USDT") -> dict[str, str]:
    """A row of the unified account with amount, fee and balance."""
    amounts = dict(zip(("amount", "fee", "balance"), figures, strict=True))
    return {"category": category, "id": f"14867{moment}", "type": type_, "coin": coin, "ts": f"17{moment}", **amounts}


def test_a_fee_is_told_by_a_row_of_another_category() -> None:
    """As a real account has it: what it bought with was paid in under OTHER, and the fee is in what a token cost."""
    paid_in = recorded("OTHER", "TRANSFER_IN", 90187950041, "13", "0", "13")
    bought = recorded("SPOT", "ORDER_DEALT_FROZEN_OUT", 90187950042, "-10.1079350372", "-0.0100978372", "2.8920649628")

    ledger = UNIFIED_LEDGER.beside(lambda _id: [paid_in, bought])

    assert Decimal("-10.1079350372") == ledger.read(Row(bought, ledger.fields)).change


@pytest.mark.parametrize(("balance", "sign"), [("0.9", INSIDE), ("0.8", BESIDE), ("7", BESIDE)])
def test_the_first_row_of_a_coin_says_whether_its_fee_is_in_the_amount(balance: str, sign: int) -> None:
    assert sign == fee_signs(bills(("0.9", "-0.1", balance)), SPOT_NAMES)("transaction")


def test_a_row_with_a_neighbour_outweighs_first_ones() -> None:
    first = {**bills(("0.9", "-0.1", "0.9"))[0], "coin": "BTC"}
    assert BESIDE == fee_signs([first, *bills(("1", "-0.1", "5.9"), ("5", "0", "5"))], SPOT_NAMES)("transaction")


def test_a_row_that_came_again_is_no_neighbour_of_itself() -> None:
    """Pages overlap by a row. One that opens a contract changes nothing but by its fee."""
    opened, *paid_in = bills(("0", "-0.2", "99.8"), ("100", "0", "100"))
    assert BESIDE == fee_signs([opened, opened, opened, *paid_in], SPOT_NAMES)("transaction")


def test_a_type_that_only_old_rows_have_is_told_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.exchanges.bitget.fee_signs.MOST", 2)
    newest = bills(("1", "-0.1", "5.9"), ("5", "0", "5"))
    old = [{**row, "coin": "BTC", "groupType": "withdraw"} for row in bills(("-1", "-0.1", "4"), ("5", "0", "5"))]
    sign_of = fee_signs([*newest, *old], SPOT_NAMES)

    assert (BESIDE, INSIDE) == (sign_of("transaction"), sign_of("withdraw"))


@pytest.mark.parametrize("odd", [{"coin": []}, {"coin": {}}, {"groupType": []}, {"fees": 1.5}, {"size": None}], ids=str)
def test_an_odd_row_says_nothing_of_fees(odd: dict[str, Any]) -> None:
    (row,) = bills(("0.9", "-0.1", "0.9"))
    assert BESIDE == fee_signs([{**row, **odd}], SPOT_NAMES)("transaction")


@pytest.mark.parametrize(
    ("exact", "shown", "agrees"),
    [
        ("44.633209475", "44.63320946", True),
        ("44.633209479", "44.63320947", True),
        ("44.633209479", "44.63320944", False),
        ("5", "5.00000000", True),
        ("5", "5.00000001", False),
    ],
)
def test_balances_agree_as_far_as_they_are_shown(exact: str, shown: str, agrees: bool) -> None:
    """Of a real account: what is free and what is locked were cut one by one, and are one unit less together."""
    assert agrees is UNIFIED_LEDGER.shown.agrees(Decimal(shown), Decimal(exact))


def test_a_wallet_of_one_figure_is_less_than_a_unit_away() -> None:
    assert not FUNDING_LEDGER.shown.agrees(Decimal("44.63320946"), Decimal("44.633209475"))


def test_a_coin_that_is_owed_has_no_balance_to_compare() -> None:
    rows = unified_rows({"assets": [{"coin": "USDT", "balance": "1", "debt": "3"}, {"coin": "btc", "balance": "1"}]})
    assert [("USDT", ""), ("BTC", "1")] == [(row["coin"], row["balance"]) for row in rows if isinstance(row, dict)]


@pytest.mark.parametrize(
    ("equity", "shown"),
    [("44.63320947", "44.63320947"), ("45.1", "44.63320946"), ("", "44.63320946"), (None, "44.63320946")],
)
def test_what_is_free_and_what_is_locked_is_read_from_a_figure_that_is_both(equity: str | None, shown: str) -> None:
    """As a real account shows it. Equity with open profit in it is another figure."""
    row = {"coin": "USDT", "equity": equity, "balance": "0.00000002", "locked": "44.63320944", "debt": "0"}
    balances = balances_in([{"assets": [row]}], UNIFIED_LEDGER.shown)

    assert {"USDT": Decimal(shown)} == balances


def test_a_futures_account_holds_its_equity_without_open_profit() -> None:
    rows = futures_coins(
        [
            {"marginCoin": "usdt", "accountEquity": "10582.90", "unrealizedPL": "82.90"},
            {"marginCoin": "BTC", "accountEquity": "", "unrealizedPL": ""},
        ]
    )
    assert [("USDT", "10500.00"), ("BTC", "")] == [(row["coin"], row[HELD]) for row in rows if isinstance(row, dict)]


def test_a_futures_account_with_an_open_position_agrees_as_far_as_its_equity_is_shown() -> None:
    """It has 8 digits after the point, and what is unrealized has 12 in answers of real accounts."""
    (row,) = futures_coins([{"marginCoin": "USDT", "accountEquity": "100.12345678", "unrealizedPL": "0.123456789012"}])
    assert isinstance(row, dict)
    shown, ledger = Decimal(row[HELD]), CLASSIC_LEDGERS[1]

    assert ledger.shown.agrees(shown, Decimal(100))
    assert not ledger.shown.agrees(shown, Decimal("100.00000001"))
    assert not ledger.shown.agrees(Decimal("99.99999999"), Decimal(100))


@pytest.mark.parametrize("unrealized", ["", None])
def test_a_blank_open_profit_is_none_only_without_a_position(unrealized: str | None) -> None:
    row = {"marginCoin": "USDT", "accountEquity": "100", "unrealizedPL": unrealized, "isolatedUnrealizedPL": ""}
    rows = futures_coins([row, {**row, "crossedUnrealizedPL": "23"}, {**row, "crossedMargin": "5"}])
    assert ["100", "", ""] == [one[HELD] for one in rows if isinstance(one, dict)]


def test_a_futures_account_with_several_assets_as_margin_cannot_be_compared() -> None:
    rows = futures_coins(
        [
            {"marginCoin": "USDT", "accountEquity": "1", "unrealizedPL": "0", "assetMode": mode}
            for mode in ("single", "union")
        ]
    )
    assert ["1", ""] == [row[HELD] for row in rows if isinstance(row, dict)]


def test_a_margin_account_that_owes_cannot_be_compared() -> None:
    rows = cross_coins([{"coin": "USDT", "totalAmount": "12", "borrow": "0.1", "interest": "0"}])
    assert [""] == [row[HELD] for row in rows if isinstance(row, dict)]


def test_a_blank_frozen_amount_is_none() -> None:
    (row,) = upper_rows([{"coin": "USDT", "available": "326", "frozen": ""}])
    assert isinstance(row, dict)
    assert "0" == row["frozen"]


def test_a_list_without_rows_is_null_or_empty_and_never_missing() -> None:
    select = rows_or_none("list")
    assert [] == select({"list": None, "cursor": None}) == select({"list": []})
    with pytest.raises(MalformedError):
        select({"cursor": None})


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [({"regisTime": "1704067200000"}, "1704067200"), ({"regisTime": ""}, None), ({}, None), ({"regisTime": "x"}, None)],
)
def test_when_an_account_was_opened_is_told_in_milliseconds(answer: dict[str, str], seconds: str | None) -> None:
    (row,) = opened_rows(answer)
    assert isinstance(row, dict)
    assert seconds == row.get("seconds")


MOVEMENT = {
    "orderId": "1477203433330230002",
    "recordId": "tx",
    "coin": "USDT",
    "size": "30",
    "status": "success",
    "createdTime": "1787918664295",
    "clientOid": None,
}


def test_a_withdrawal_has_its_fee_in_its_size_or_beside_it() -> None:
    row = listed(UNIFIED_MOVEMENTS.withdrawals(), {**MOVEMENT, "fee": "-1.5"})

    assert (("USDT", Decimal(-30)), ("USDT", Decimal("-31.5"))) == row.marks
    assert row.expected
    assert "tx" in row.cells


@pytest.mark.parametrize(
    ("status", "expected"), [("success", True), ("pending", False), ("fail", False), ("something new", True)]
)
def test_a_deposit_is_expected_in_a_ledger_unless_it_is_under_way_or_failed(status: str, *, expected: bool) -> None:
    """A state that nobody knows may be that of one whose row is lost."""
    for paged in (UNIFIED_MOVEMENTS.deposits(), UNIFIED_MOVEMENTS.withdrawals()):
        assert expected is listed(paged, {**MOVEMENT, "status": status}).expected


def test_a_half_of_a_transfer_is_no_deposit() -> None:
    deposits = UNIFIED_MOVEMENTS.deposits()

    assert not deposits.may_show("unified", "TRANSFER_IN")
    assert not deposits.may_show("funding", "transfer")
    assert deposits.may_show("funding", "fait")


TRANSFER = {
    "transferId": "1320888751047921664",
    "fromType": "spot",
    "toType": "uta",
    "amount": "20.00000000",
    "coin": "USDT",
    "fromUserId": "1",
    "toUserId": "1",
    "status": "Successful",
    "createdTime": "1750650339853",
}


def test_a_transfer_between_the_two_ledgers_has_a_half_in_each() -> None:
    row = listed(MOVES, TRANSFER)

    assert ((("USDT", Decimal(-20)), ("USDT", Decimal(20))), 2) == (row.marks, row.legs)
    assert row.marks == listed(MOVES, {**TRANSFER, "status": "something new"}).marks
    for status in ("Failed", "Processing"):
        assert () == listed(MOVES, {**TRANSFER, "status": status}).marks


def test_a_transfer_to_a_wallet_without_a_ledger_stands_for_nothing() -> None:
    assert () == listed(GIVEN, {**TRANSFER, "toType": "p2p"}).marks
    assert listed(GIVEN, {**TRANSFER, "toUserId": "2"}).marks


def test_transfers_between_the_two_ledgers_and_others_are_told_apart() -> None:
    to_sub, to_p2p = {**TRANSFER, "toUserId": "2"}, {**TRANSFER, "toType": "p2p"}
    other_words = {**TRANSFER, "toType": "unified"}
    data = {"list": [TRANSFER, to_sub, to_p2p, other_words, "odd"]}

    assert [TRANSFER, other_words] == moved(own=True)(data)
    assert [to_sub, to_p2p, "odd"] == moved(own=False)(data)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("40014", Trouble.PERMISSION),
        ("40010", Trouble.NETWORK),
        ("429", Trouble.LIMITED),
        ("40012", Trouble.CREDENTIALS),
    ],
)
def test_what_a_refusal_means(code: str, trouble: Trouble) -> None:
    """40010 says that a request timed out, though it looks like a code of the key."""
    assert trouble == ERRORS[code].trouble
