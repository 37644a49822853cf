"""How HTX's rows are read in an archive: rows of its own pages and of real accounts."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from auditor.exchanges.htx.accounts import ACCOUNTS, ANY, HtxAccount, accounts_in
from auditor.exchanges.htx.archive_lists import DEPOSITS, FILLS, REPAYMENTS, WITHDRAWALS, transfers_of
from auditor.exchanges.htx.contracts import BILLS
from auditor.exchanges.htx.contracts import held_rows as held_in_contracts
from auditor.exchanges.htx.envelope import error_code, paged_rows, unwrap
from auditor.exchanges.htx.history_kinds import KINDS, kind_of
from auditor.exchanges.htx.ledgers import held_rows, ledger_of
from auditor.exchanges.htx.products import TOTALS
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import LedgerEntry
from auditor.transport.ccxt.json_body import decoded_body

TYPES = (
    *("trade", "etf", "transact-fee", "fee-deduction", "transfer", "credit", "liquidation", "interest", "deposit"),
    *("withdraw", "withdraw-fee", "exchange", "other-types", "rebate", "fireblocks-dw"),
)
"""As the page of Get Account History lists them."""


def row(moved: str, whole: str, free: str | None, code: str = "other-types", number: int = 1) -> dict[str, Any]:
    """A row. ``number``: of its id, and of the milliseconds of its time."""
    known = {"account-id": 1, "currency": "usdt", "record-id": number, "transact-time": 1629882096556 + number}
    named = {"transact-amt": moved, "acct-balance": whole, "transact-type": code}
    return {**known, **named, **({} if free is None else {"avail-balance": free})}


def entries(rows: Iterable[dict[str, Any]]) -> list[LedgerEntry]:
    """Rows of one account as an archive reads them, from the body of an answer."""
    body = json.dumps({"status": "ok", "data": list(rows)})
    ledger = ledger_of(ANY).begun()
    return [ledger.entry(one) for one in ledger.endpoint.rows(unwrap(decoded_body(body)))]


def changes(*rows: dict[str, Any]) -> list[str]:
    return [str(entry.change) for entry in entries(rows)]


def test_coins_that_are_frozen_before_a_transfer_leave_once() -> None:
    """HTX's own example: 97.01 are there after ten were frozen, 87.01 after these were transferred."""
    ten, free = "-10.000000000000000000", "81.850043797676510303"
    first = row(ten, "97.010043797676510318", free)
    second = row(ten, "87.010043797676510318", free, "transfer", 13)
    ids = ({"record-id": 359044707902783800}, {"record-id": 359044690723242100})
    frozen, moved = entries([{**first, **ids[0]}, {**second, **ids[1]}])
    assert (Decimal(0), Decimal("97.010043797676510318")) == (frozen.change, frozen.balance)
    assert "only avail-balance: -10.000000000000000000" == frozen.description
    assert (Decimal(-10), "-10.000000000000000000") == (moved.change, moved.digits[0])
    assert ("359044690723242100", 1629882096569, "USDT") == (moved.label, moved.time, moved.asset)


BEFORE = row("50", "50", "50", "deposit")


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (row("-10", "50", "40"), "0"),
        (row("10", "50", "60"), "0"),
        (row("-10", "50", "30"), "0"),
        (row("-10", "40", "40"), "-10"),
        (row("10", "60", "60"), "10"),
        # A row before it that gave ten was lost: what is available is as it was.
        (row("-10", "50", "50"), "-10"),
        (row("-10", "50", None), "-10"),
        (row("-10", "50", "40", "withdraw"), "-10"),
        (row("0E-18", "50", "50"), "0E-18"),
    ],
)
def test_only_a_balance_that_stayed_while_less_or_more_is_available_did_not_change(
    after: dict[str, Any], change: str
) -> None:
    assert ["50", change] == changes(BEFORE, after)


@pytest.mark.parametrize(
    ("first", "change"),
    [(row("5", "5", "5"), "5"), (row("-5", "20", "15"), "0"), (row("-5", "20", "16"), "-5"), (row("5", "9", "9"), "5")],
)
def test_a_coins_first_row_froze_coins_if_as_many_are_frozen_after_it(first: dict[str, Any], change: str) -> None:
    assert [change] == changes(first)


def test_rows_of_a_page_are_taken_in_the_order_of_time() -> None:
    late, early = row("1", "2", "2", "deposit", 3), row("1", "1", "1", "deposit")
    assert [1629882096557, 1629882096559] == [entry.time for entry in entries([late, early])]


@pytest.mark.parametrize("code", TYPES)
def test_every_documented_type_is_called_something(code: str) -> None:
    assert code in KINDS
    assert (kind_of(code, is_out=False) == "other") is (code == "other-types")


def test_custody_elsewhere_is_a_deposit_or_a_withdrawal_by_its_sign() -> None:
    assert ["deposit", "withdrawal"] == [kind_of("fireblocks-dw", is_out=is_out) for is_out in (False, True)]
    assert "other" == kind_of("lottery", is_out=False)


def test_a_page_names_the_next_one() -> None:
    last = unwrap(decoded_body('{"status":"ok","data":[{"a":1}]}'))
    more = unwrap(decoded_body('{"code":200,"data":[{"a":1}],"nextId":1624316679}'))
    null = unwrap(decoded_body('{"status":"ok","data":[{"a":1}],"next-id":null}'))
    assert ([{"a": "1"}], "1624316679") == (paged_rows(more), more["next"] if isinstance(more, dict) else "")
    assert [{"a": "1"}] == last == null


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"status": "ok", "data": []}, None),
        ({"code": "200", "data": []}, None),
        ({"status": "error", "err-code": "base-date-limit-error", "err-msg": "m"}, ("base-date-limit-error", "m")),
        ({"status": "error", "err_code": "1066", "err_msg": "m"}, ("1066", "m")),
        ({"code": "2002", "message": "m"}, ("2002", "m")),
        ({"code": "500", "data": None}, ("500", "")),
        ({"data": []}, ("", "")),
        ([], None),
    ],
)
def test_an_answer_is_a_success_only_in_so_many_words(body: object, error: tuple[str, str] | None) -> None:
    assert error == error_code(body)


def test_accounts_have_names_that_tell_them_apart() -> None:
    rows = [
        {"id": "1", "type": "spot", "subtype": ""},
        {"id": "2", "type": "margin", "subtype": "btcusdt"},
        {"id": "3", "type": "super-margin"},
        {"id": "3", "type": "super-margin"},
        {"id": "4", "type": "spot", "subtype": ""},
        {"id": "5", "type": "=1+1", "subtype": ""},
        {"id": "x", "type": "otc", "subtype": ""},
    ]
    found = {one.id: (one.wallet, one.title) for one in accounts_in(rows)}
    assert {
        "1": ("spot", "Spot account"),
        "2": ("margin-btcusdt", "margin btcusdt"),
        "3": ("super-margin", "Cross margin account"),
        "4": ("account-4", "spot"),
        "5": ("account-5", "=1+1"),
    } == found


def test_an_account_without_a_number_is_a_doubt() -> None:
    with pytest.raises(MalformedError):
        ACCOUNTS.listed({"id": "../1", "type": "spot"})


def test_balances_are_what_can_be_traded_and_what_is_frozen_of_the_account_that_was_asked_for() -> None:
    rows = [{"currency": "usdt", "type": kind, "balance": "1"} for kind in ("trade", "frozen", "loan", "interest")]
    mine = HtxAccount("7", "spot", "spot", "")
    found = held_rows(mine, {"id": "7", "list": rows})
    assert ["trade", "frozen"] == [one["type"] for one in found if isinstance(one, dict)]
    with pytest.raises(MalformedError):
        held_rows(mine, {"id": "8", "list": rows})


DEPOSIT = (
    '{"id": 59781355, "type": "deposit", "sub-type": "NORMAL", "currency": "zrx", "chain": "zrx", "tx-hash": "0xda",'
    ' "amount": 597.001800000000000001, "address-id": 0, "address": "0x48", "fee": 0, "state": "safe",'
    ' "created-at": 1612820394594, "updated-at": 1612492580193}'
)


def test_a_deposit_that_is_a_number_is_read_digit_for_digit() -> None:
    listed = DEPOSITS.listed(decoded_body(DEPOSIT))
    assert (("ZRX", Decimal("597.001800000000000001")),) == listed.marks
    assert "597.001800000000000001" == listed.cells[2]
    assert (False, True) == (listed.due, listed.expected)


@pytest.mark.parametrize("state", ["unknown", "confirming", "confirmed", "orphan", "something-new"])
def test_only_a_safe_deposit_is_expected_in_a_ledger(state: str) -> None:
    assert not DEPOSITS.listed(decoded_body(DEPOSIT.replace("safe", state))).expected


def test_a_withdrawal_is_booked_with_its_fee_or_without() -> None:
    body = DEPOSIT.replace('"fee": 0', '"fee": 13.778201').replace("safe", "confirmed")
    marks = WITHDRAWALS.listed(decoded_body(body)).marks
    assert (("ZRX", Decimal("-597.001800000000000001")), ("ZRX", Decimal("-610.780001000000000001"))) == marks


def test_a_transfer_names_the_wallets_of_both_accounts() -> None:
    body = (
        '{"accountId": 10000001, "currency": "usdt", "transactAmt": -10, "transactType": "transfer", "transactId": 0,'
        ' "transferType": "margin-transfer-in", "transactTime": 1629882096562, "transferer": 13496526,'
        ' "transferee": 28483123}'
    )
    listed = transfers_of(ANY, {"13496526": "spot"}).listed(decoded_body(body))
    assert ("spot", "", "13496526", "28483123", "USDT", "-10", "") == listed.cells
    assert (("USDT", Decimal(-10)),) == listed.marks


FILL = json.loads(
    """{"symbol": "polyusdt", "fee-currency": "poly", "price": "0.338", "created-at": "1629443051839", "role": "taker",
    "order-id": "345487249132375", "trade-id": "1085", "filled-amount": "147.928994082840236", "filled-fees": "0",
    "filled-points": "0.1", "fee-deduct-currency": "hbpoint", "id": "313288753120940", "type": "buy-market"}"""
)


@pytest.mark.parametrize(
    ("change", "fee"),
    [({}, ("0.1", "HBPOINT")), ({"filled-fees": "0.29", "fee-deduct-currency": ""}, ("0.29", "POLY"))],
)
def test_a_fee_that_was_paid_with_points_is_written_so(change: dict[str, str], fee: tuple[str, str]) -> None:
    assert fee == FILLS.listed({**FILL, **change}).cells[4:6]


def test_a_repayment_of_htxs_own_example_is_read() -> None:
    listed = REPAYMENTS.listed(
        {"repayId": "1174413", "repayTime": "1600747389111", "currency": "btc", "repaidAmount": "0.00200083"}
    )
    assert ("repayment", "", "BTC", "0.00200083") == listed.cells[:4]


def test_a_bill_of_htxs_own_example_has_no_contract() -> None:
    body = {"id": "7071168", "type": "15", "currency": "USDT", "amount": "-1", "contract_code": ""}
    read = BILLS.changed({**body, "margin_mode": "cross", "created_time": "1767694969541"})
    assert [("USDT", Decimal(-1), "transfer")] == [(one.asset, one.amount, one.kind) for one in read.changes]
    assert ("7071168", 1767694969541, "", "") == (read.id, read.time, read.instrument, read.unknown)


def test_a_bill_of_a_type_that_is_not_known_is_named() -> None:
    read = BILLS.changed({"id": "1", "type": "999", "currency": "USDT", "amount": "1", "created_time": "1767694969541"})
    assert ("999", "other") == (read.unknown, read.changes[0].kind)


def test_profit_that_is_not_realized_is_none_of_a_contract_accounts_balance() -> None:
    parts = {"equity": "-0.0969198676", "profit_unreal": "-0.091875", "isolated_equity": "2", "voucher": ""}
    (found,) = held_in_contracts({"details": [{"currency": "USDT", **parts}]})
    assert "1.9949551324" == (found["balance"] if isinstance(found, dict) else "")


@pytest.mark.parametrize("code", ["1220", "1228", "1010", "1012"])
def test_an_account_that_never_had_contracts_answers_that_there_are_none(code: str) -> None:
    body = {"status": "error", "err_code": code, "err_msg": "not opened", "ts": "1"}
    assert (None, [], []) == (error_code(body), BILLS.endpoint.rows(unwrap(body)), held_in_contracts(unwrap(body)))
    with pytest.raises(MalformedError):
        DEPOSITS.endpoint.rows(unwrap(body))


@pytest.mark.parametrize("success", [False, None, "true"])
def test_a_product_that_htx_does_not_know_at_the_moment_is_not_empty(success: object) -> None:
    shown = {"distributionType": "10", "balance": "0", "accountBalance": "0", "success": success}
    with pytest.raises(MalformedError):
        TOTALS.shown.endpoint.rows({"profitAccountBalanceList": [shown]})


def test_products_are_called_by_their_names() -> None:
    rows = [{"distributionType": code, "accountBalance": "1", "success": True} for code in ("10", "99")]
    found = TOTALS.shown.endpoint.rows({"profitAccountBalanceList": rows})
    assert ["Earn", "99"] == [one["name"] for one in found if isinstance(one, dict)]
