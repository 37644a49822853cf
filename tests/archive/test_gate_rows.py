"""How rows of Gate's lists are read: shapes of its documentation and of recorded answers of real accounts."""

import json
from decimal import Decimal
from typing import Any

import pytest

from auditor.exchanges.gate.archive_lists.explaining import flat_rows
from auditor.exchanges.gate.archive_lists.spot import SPOT_LISTS
from auditor.exchanges.gate.errors import ERRORS, error_label
from auditor.exchanges.gate.history import DELIVERY_LEDGER, HISTORY, OPTIONS_LEDGER, SPOT_LEDGER, USDT_LEDGER
from auditor.exchanges.gate.history_kinds import CONTRACT_KINDS, TO_FUTURES, to_account
from auditor.exchanges.gate.ledger_rows import account_rows, contract_rows, dated_rows, in_micros
from auditor.exchanges.gate.movement_lists import DEPOSITS, GIFTS, MARGIN_MOVES, PUSHES, WITHDRAWALS
from auditor.exchanges.gate.other_wallets import margin_rows, total_rows, unified_rows
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import Ledger, LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

BOOK = {
    "id": "123456",
    "time": 1547633726123,
    "currency": "BTC",
    "change": "1.03",
    "balance": "4.59316525194",
    "type": "order_fill",
    "code": "102",
    "text": "60123456",
}
FUTURES = {
    "time": 1682294400.123456,
    "change": "0.000010152188",
    "balance": "4.59316525194",
    "text": "ETH_USD:6086261",
    "type": "fee",
    "contract": "ETH_USD",
    "trade_id": "1",
    "id": "1",
}
# ccxt/ccxt#18145, an answer of a real options account, the newest row first.
RECORDED = [
    {"time": 1685594770, "change": "3.33", "balance": "50.22", "type": "prem", "text": "BTC_USDT-20230601-27500-C"},
    {"time": 1685594770, "change": "-0.0816", "balance": "46.89", "type": "fee", "text": "BTC_USDT-20230601-27500-C"},
]
DEPOSIT = {
    "id": "210496",
    "timestamp": "1542000000",
    "currency": "USDT",
    "address": "1HkxtBAMrA3tP5ENnYY2CZortjZvFDH5Cs",
    "txid": "128988928203223323290",
    "amount": "222.61",
    "status": "DONE",
    "chain": "TRX",
}
SENT = {**DEPOSIT, "fee": "1.5", "timestamp2": "1542000001"}
PUSH = {
    "id": 111,
    "push_uid": 10000,
    "receive_uid": 20000,
    "currency": "BTC",
    "amount": "1",
    "create_time": 1712345678,
    "status": "RECEIVED",
    "message": "",
    "transaction_type": "withdraw",
}
GIFT = {
    "uid": "10001",
    "timest": "1592809000",
    "source": "web",
    "currency": "BTC",
    "sub_account": "10002",
    "direction": "to",
    "amount": "1",
    "sub_account_type": "spot",
    "client_order_id": "da3ce7a088c8b0372b741419c7829033",
}
MARGIN = {
    "id": "123456",
    "time": "1547633726",
    "time_ms": 1547633726123,
    "currency": "BTC",
    "currency_pair": "BTC_USDT",
    "change": "1.03",
    "balance": "4.59316525194",
    "type": "margin_in",
}


def answered(row: object) -> Any:
    """A value as an answer is read: the digits of a number stay a text."""
    return json.loads(json.dumps(row), parse_float=str, parse_int=str)


def entry(ledger: Ledger, row: dict[str, Any], **values: Any) -> LedgerEntry:
    (selected,) = ledger.endpoint.rows([answered({**row, **values})])
    return ledger.read(Row(selected, ledger.fields))


def spot(**values: Any) -> LedgerEntry:
    return entry(SPOT_LEDGER, BOOK, **values)


def futures(**values: Any) -> LedgerEntry:
    return entry(USDT_LEDGER, FUTURES, **values)


def listed(paged: SecondList, row: dict[str, Any], **values: Any) -> ListedRow:
    return paged.read(Row(answered({**row, **values}), paged.fields))


def test_a_row_of_the_spot_account_is_read_digit_for_digit() -> None:
    row = spot()

    assert (Decimal("1.03"), Decimal("4.59316525194"), 1547633726123000) == (row.change, row.balance, row.number)
    assert ("trade", "102", "order_fill", "60123456") == (row.kind, row.type, row.subtype, row.order_id)
    assert ("1.03", "4.59316525194") == row.digits


def test_a_time_in_seconds_is_that_of_the_same_second() -> None:
    assert 1547633726000 == spot(time=1547633726).time == spot(time="1547633726").time == spot().time
    assert (1547633726123000, 1547633726000000) == (in_micros("1547633726123"), in_micros("1547633726"))
    assert (1547633726500000, 0) == (in_micros("1547633726.5"), in_micros(None))


@pytest.mark.parametrize("time", ["", "soon", 0, -5, None, True, [1]])
def test_what_is_no_time_is_refused(time: object) -> None:
    with pytest.raises(MalformedError):
        spot(time=time)


@pytest.mark.parametrize("change", [None, "", "1,03", True, ["1"]])
@pytest.mark.parametrize("name", ["change", "balance"])
def test_an_amount_that_is_not_exact_is_refused(name: str, change: object) -> None:
    with pytest.raises(MalformedError):
        spot(**{name: change})


@pytest.mark.parametrize("row", ["a text", None, []])
def test_what_is_no_row_is_refused(row: object) -> None:
    (selected,) = dated_rows([row])
    with pytest.raises(MalformedError):
        SPOT_LEDGER.read(Row(selected, SPOT_LEDGER.fields))


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"code": "", "type": "withdraw"}, ("withdrawal", "withdraw")),
        ({"code": None, "type": "order_fee"}, ("fee", "order_fee")),
        ({"code": "110"}, ("deposit", "110")),
        ({"code": 110}, ("deposit", "110")),
        ({"code": "662", "change": "-1"}, ("earn_in", "662")),
        ({"code": "661"}, ("earn_out", "661")),
        ({"code": "4011"}, ("fee", "4011")),
        ({"code": "999999"}, ("other", "999999")),
        ({"code": "", "type": "something_new"}, ("other", "something_new")),
        ({"code": "", "type": ""}, ("other", "?")),
        ({"code": "701", "currency": "USDT"}, ("transfer", "701/USDT")),
        ({"code": "702", "currency": "BTC"}, ("transfer", "702/BTC")),
        ({"code": "", "type": "perp_in", "currency": "USDT"}, ("transfer", "perp_in/USDT")),
        ({"code": "701", "currency": "ETH"}, ("transfer", "701")),
    ],
)
def test_a_row_of_the_spot_account_is_called_by_its_code(values: dict[str, Any], named: tuple[str, str]) -> None:
    row = spot(**values)
    assert named == (row.kind, row.type)


def test_every_type_that_a_rule_names_has_a_kind() -> None:
    """What a misspelt type was about would silently never be compared."""
    named = {
        (wallet, kind)
        for move in HISTORY.transfers
        for wallet, kinds in zip(move.wallets, move.types, strict=True)
        for kind in kinds
    }
    for listed_one in HISTORY.seconds:
        for types in (listed_one.perhaps, listed_one.used_by):
            named |= {(wallet, kind) for wallet, kinds in types.items() for kind in kinds or ()}
    for derived in HISTORY.derived:
        named |= {(derived.beside, kind) for kind in derived.types}

    assert not {(wallet, kind) for wallet, kind in named if kind not in HISTORY.kinds[wallet]}
    assert {"701/BTC", "perp_in/BTC"} <= to_account(TO_FUTURES, "BTC")


def test_a_row_of_a_contract_account_has_its_time_to_the_microsecond() -> None:
    row = futures()

    assert (1682294400123456, 1682294400000, "USDT") == (row.number, row.time, row.asset)
    assert ("fee", "fee", "ETH_USD", "1") == (row.kind, row.type, row.instrument, row.trade_id)
    assert ("ETH_USD:6086261", "ETH_USD") == (row.ref, futures(contract="").instrument)


@pytest.mark.parametrize("trade", ["", "0", None])
def test_the_number_in_the_text_of_an_older_row_is_its_trade(trade: object) -> None:
    assert "6086261" == futures(trade_id=trade).trade_id


@pytest.mark.parametrize(
    ("kind", "coin"),
    [
        *((kind, "USDT") for kind in ("dnw", "pnl", "fee", "refr", "fund", "cross_settle", "something_new")),
        *((kind, "POINT") for kind in ("point_dnw", "point_fee", "point_refr")),
        *((kind, "USDT-BONUS") for kind in ("bonus_dnw", "bonus_offset")),
        ("pv_dnw", "USDT-VOUCHER"),
    ],
)
def test_what_the_total_of_an_account_leaves_out_is_a_coin_of_its_own(kind: str, coin: str) -> None:
    row = futures(type=kind)
    assert (coin, CONTRACT_KINDS.get(kind, "other")) == (row.asset, row.kind)


def test_rows_of_a_real_options_account_follow_one_another() -> None:
    newer, older = (entry(OPTIONS_LEDGER, row) for row in RECORDED)

    assert older.balance == newer.balance - newer.change
    assert ("pnl", "fee") == (newer.kind, older.kind)
    assert newer.id != older.id


def test_a_row_without_an_id_is_known_by_what_it_says() -> None:
    row = {name: value for name, value in FUTURES.items() if name not in {"id", "contract", "trade_id"}}
    assert "1682294400123456-USDT-4.59316525194" == entry(DELIVERY_LEDGER, row).id


def test_an_account_shows_its_points_and_gifts_apart() -> None:
    body = {"currency": "USDT", "total": "97.5", "available": "90", "point": "3", "bonus": "0.5"}

    assert [("USDT", "97.5"), ("POINT", "3"), ("USDT-BONUS", "0.5")] == [
        (row["coin"], row["amount"]) for row in account_rows(body) if isinstance(row, dict)
    ]
    assert [{"coin": "USDT", "amount": "1"}] == account_rows({"currency": "USDT", "total": "1"})
    assert contract_rows("USDT")(["a text"]) == ["a text"]


def test_what_is_borrowed_in_isolated_margin_is_below_zero() -> None:
    base = {"currency": "BTC", "available": "0.1", "locked": "0.2", "borrowed": "0.03", "interest": "0.001"}
    quote = {"currency": "USDT", "available": "9", "locked": "0", "borrowed": "0", "interest": "0"}
    first, second = margin_rows([{"currency_pair": "BTC_USDT", "base": base, "quote": quote}])

    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert ("-0.03", "-0.001", "BTC", "USDT") == (
        *(first["borrowed_owed"], first["interest_owed"]),
        *(first["currency"], second["currency"]),
    )
    with pytest.raises(MalformedError):
        margin_rows([{"currency_pair": "BTC_USDT", "base": base}])


def test_only_an_account_that_is_unified_has_coins_as_one() -> None:
    body = {"mode": "multi_currency", "balances": {"ETH": {"equity": "1.5"}}}

    assert [{"equity": "1.5", "wallet": "ETH"}] == unified_rows(body)
    assert [] == unified_rows({**body, "mode": "classic"})
    with pytest.raises(MalformedError):
        unified_rows({"mode": "multi_currency"})


def test_each_part_of_the_account_has_its_name() -> None:
    body = {"details": {"spot": {"amount": "2", "currency": "USDT"}, "quant": {"amount": "5"}}, "total": {}}
    assert [("spot", "2"), ("quant", "5")] == [
        (row["wallet"], row["amount"]) for row in total_rows(body) if isinstance(row, dict)
    ]


@pytest.mark.parametrize(
    ("status", "is_expected"), [("DONE", True), ("CANCEL", False), ("BLOCKED", False), ("SOMETHING_NEW", False)]
)
def test_a_deposit_is_in_the_ledger_once_it_is_credited(status: str, is_expected: bool) -> None:
    row = listed(DEPOSITS, DEPOSIT, status=status)

    assert ((("USDT", Decimal("222.61")),), is_expected, False) == (row.marks, row.expected, row.due)
    assert (1542000000000, "deposit", status) == (row.time, row.cells[0], row.cells[-1])


def test_a_withdrawal_may_be_in_the_ledger_with_its_fee_or_without() -> None:
    assert (("USDT", Decimal("-222.61")), ("USDT", Decimal("-224.11"))) == listed(WITHDRAWALS, SENT).marks
    assert (("USDT", Decimal("-222.61")),) == listed(WITHDRAWALS, SENT, fee="0").marks


def test_a_push_is_of_the_one_who_sent_it_and_of_the_one_who_received_it() -> None:
    sent, received = listed(PUSHES, PUSH), listed(PUSHES, PUSH, transaction_type="deposit")

    assert ("withdrawal", "20000", (("BTC", Decimal(-1)),)) == (sent.cells[0], sent.cells[6], sent.marks)
    assert ("deposit", "10000", (("BTC", Decimal(1)),)) == (received.cells[0], received.cells[6], received.marks)
    assert not listed(PUSHES, PUSH, status="PENDING").expected


def test_a_transfer_to_a_sub_account_names_both() -> None:
    given, taken = listed(GIFTS, GIFT), listed(GIFTS, GIFT, direction="from")

    assert (("BTC", Decimal(-1)), ("10001", "10002")) == (given.marks[0], given.cells[2:4])
    assert (("BTC", Decimal(1)), ("10002", "10001")) == (taken.marks[0], taken.cells[2:4])
    assert frozenset({"10001", "10002"}) == given.parties


def test_what_went_into_isolated_margin_left_the_spot_account() -> None:
    into, out = listed(MARGIN_MOVES, MARGIN), listed(MARGIN_MOVES, MARGIN, change="-1.03")

    assert (("BTC", Decimal("-1.03")), "spot", "margin BTC_USDT") == (into.marks[0], *into.cells[:2])
    assert (("BTC", Decimal("1.03")), "margin BTC_USDT", "spot") == (out.marks[0], *out.cells[:2])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"label": "USER_NOT_FOUND", "message": "please transfer funds first"}, "USER_NOT_FOUND"),
        ({"label": "INVALID_KEY", "detail": "no such key"}, "INVALID_KEY"),
        ({"code": "INTERNAL", "message": "internal"}, "INTERNAL"),
        ({"code": "0", "message": "success", "data": {}}, None),
        ({"code": 0, "data": {}}, None),
        ({"currency": "USDT"}, None),
        ([], None),
        ("a text", None),
    ],
)
def test_an_error_is_its_label(body: object, found: str | None) -> None:
    label = error_label(body)
    assert found == (label and label[0])


def test_that_an_account_was_never_opened_is_no_error() -> None:
    assert "USER_NOT_FOUND" not in ERRORS
    assert all("USER_NOT_FOUND" in ledger.unused for ledger in HISTORY.ledgers if ledger is not SPOT_LEDGER)
    assert not SPOT_LEDGER.unused


def test_rows_in_a_list_within_a_list_are_rows() -> None:
    assert [{"id": 1}, {"id": 2}, {"id": 3}] == flat_rows([[{"id": 1}, {"id": 2}], {"id": 3}])
    assert SPOT_LISTS
