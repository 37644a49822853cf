"""How rows of MEXC's lists are read: shapes of its documentation and of answers of real accounts."""

import json
from decimal import Decimal
from typing import Any

import pytest

from auditor.exchanges.mexc.archive_lists.fills import FILLS, fill
from auditor.exchanges.mexc.archive_lists.futures import (
    CONTRACTS,
    DEALS,
    FUNDING,
    FUTURES_TRANSFERS,
    coin_of_contract,
    symbols_traded,
)
from auditor.exchanges.mexc.archive_lists.listing import counted_rows, one_page
from auditor.exchanges.mexc.archive_lists.movements import (
    DEPOSITS,
    DUST,
    FROM_FUTURES,
    INTERNAL,
    TO_FUTURES,
    WITHDRAWALS,
)
from auditor.exchanges.mexc.envelope import NEXT, ROWS, unwrap
from auditor.exchanges.mexc.errors import error_code
from auditor.exchanges.mexc.history import HISTORY
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.exchanges.shared.spot_symbols import fill_reader, symbol_rows
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows, rows_in
from auditor.spec.summed import ChangedRow, ChangeList
from auditor.transport.ccxt.json_body import decoded_body

Changes = list[tuple[str, str, str, str]]


def changed(listed: ChangeList, body: Any, rows_of: RowsOf = lambda _list: ()) -> ChangedRow:
    """What the first row of an answer comes to, as it is read off the wire."""
    (row, *_more) = listed.endpoint.rows(unwrap(decoded_body(body if isinstance(body, str) else json.dumps(body))))
    return listed.beside(rows_of).changed(row)


def changes(row: ChangedRow) -> Changes:
    return [(one.wallet, one.asset, format(one.amount, "f"), one.kind) for one in row.changes]


DEPOSIT = {
    "amount": "10",
    "coin": "USDC-TRX",
    "network": "TRX",
    "status": "5",
    "address": "demo",
    "txId": "51a8f49e:0",
    "insertTime": "1664805021000",
    "unlockConfirm": "200",
    "confirmTimes": "203",
    "memo": None,
}


@pytest.mark.parametrize(
    ("status", "is_credited", "unknown"),
    [
        *((5, True, ""), (12, True, ""), (1, False, ""), (4, False, ""), (6, False, ""), (7, False, "")),
        *((8, False, ""), (10, False, ""), (2, False, "2"), (9, False, "9"), (11, False, "11"), (13, False, "13")),
    ],
)
def test_a_deposit_changes_spot_once_it_is_credited(status: int, is_credited: bool, unknown: str) -> None:
    """Statuses come as numbers or as texts; the coin stands beside its network. What 11 (RESTRICTED) holds is open."""
    row = changed(DEPOSITS, [{**DEPOSIT, "status": status}])

    assert ([("spot", "USDC", "10", "deposit")] if is_credited else []) == changes(row)
    assert unknown == row.unknown


def test_deposits_of_one_transaction_are_told_apart_and_a_confirmation_makes_no_new_one() -> None:
    """They have no id: what does not change in them is one, and equal ones are counted."""
    later = {**DEPOSIT, "confirmTimes": "240", "updateTime": "1664805621000"}
    another = {**DEPOSIT, "amount": "11"}

    def ids(*rows: Any) -> list[str]:
        return [row[ROW_ID] for row in DEPOSITS.endpoint.rows(list(rows))]  # type: ignore[index]

    assert ids(DEPOSIT) == ids(later)
    assert 3 == len(set(ids(DEPOSIT, another, DEPOSIT)))


@pytest.mark.parametrize(
    ("status", "expected", "unknown"),
    [
        (7, [("spot", "USDC", "-2", "withdrawal")], ""),
        *((8, [], ""), (9, [], ""), (3, [], "3"), (10, [], "10")),
    ],
)
def test_a_withdrawal_has_its_fee_in_its_amount(status: int, expected: Changes, unknown: str) -> None:
    known = {"id": "adcd", "txId": None, "coin": "USDC-MATIC", "network": "MATIC", "address": "demo", "amount": "2"}
    row = changed(WITHDRAWALS, [{**known, "status": status, "transactionFee": "1", "applyTime": 1664882739000}])

    assert expected == changes(row)
    assert ["-1"] * len(expected) == [one.fee for one in row.changes]
    assert unknown == row.unknown


TRANSFER = {
    "tranId": "cdf0",
    "clientTranId": None,
    "asset": "USDT",
    "amount": "1",
    "fromAccountType": "FUTURES",
    "toAccountType": "SPOT",
    "symbol": None,
    "status": "SUCCESS",
    "timestamp": 1759328309000,
}


def test_a_transfer_changes_spot_alone_since_futures_has_a_list_of_its_own() -> None:
    """Accounts answer an object; the documentation prints a list around it, and FUTURE for FUTURES."""
    there = {**TRANSFER, "fromAccountType": "SPOT", "toAccountType": "FUTURE"}

    assert [("spot", "USDT", "1", "transfer")] == changes(changed(FROM_FUTURES, {"rows": [TRANSFER], "total": 1}))
    assert [("spot", "USDT", "-1", "transfer")] == changes(changed(TO_FUTURES, [{"rows": [there], "total": 1}]))
    assert "WAIT" == changed(TO_FUTURES, {"rows": [{**there, "status": "WAIT"}], "total": 1}).unknown


def test_an_answer_that_counts_more_rows_than_it_has_is_not_understood() -> None:
    assert [] == FROM_FUTURES.endpoint.rows({"total": "0", "rows": None})
    assert [] == DUST.endpoint.rows({"totalRecords": "0", "data": None})
    assert [] == FUNDING.endpoint.rows({"totalCount": "0", "resultList": None})
    assert 1 == len(counted_rows("rows", "total", 1)({"total": "2", "rows": [TRANSFER]}))
    with pytest.raises(MalformedError, match="more rows"):
        counted_rows("rows", "total", 2)({"total": "2", "rows": [TRANSFER]})
    with pytest.raises(MalformedError, match="more rows"):
        one_page(rows_in("data"), 10)(unwrap({"data": [{}], "page": "1", "totalPageNum": "2"}))


def test_a_transfer_to_another_user_may_lack_its_number_and_is_known_for_nothing_but_a_failed_one() -> None:
    known = {"tranId": "", "asset": "BTC", "amount": "0.8", "toAccountType": "UID", "toAccount": "87658765"}
    row = {**known, "fromAccount": "owner@example.com", "timestamp": 1544433325000}
    body = {"page": 1, "totalRecords": 1, "totalPageNum": 1, "data": [{**row, "status": "SUCCESS"}]}
    done = changed(INTERNAL, body)

    assert ([], "SUCCESS", "owner@example.com > 87658765") == (changes(done), done.unknown, done.cells[6])
    assert "" == changed(INTERNAL, {**body, "data": [{**row, "status": "FAILED"}]}).unknown


def test_dust_is_given_for_mx_each_coin_by_itself() -> None:
    detail = {
        "id": "3e52",
        "convert": "0.00885018",
        "fee": "0.000177",
        "amount": "0.007130464601986065",
        "asset": "ETHF",
    }
    row = {"totalConvert": "0.00885018", "totalFee": "0.000177", "convertTime": 1665360563000}
    body = {"data": [{**row, "convertDetails": [detail]}], "totalRecords": 4, "page": 1, "totalPageNum": 1}

    assert [
        ("spot", "ETHF", "-0.007130464601986065", "conversion"),
        ("spot", "MX", "0.00885018", "conversion"),
    ] == changes(changed(DUST, body))


def test_the_next_page_is_the_one_that_the_answer_counts() -> None:
    def following(page: int, pages: int) -> Any:
        data = unwrap(decoded_body(json.dumps({"data": [], "page": page, "totalPageNum": pages})))
        return data[NEXT] if isinstance(data, dict) else None

    assert ["2", "", ""] == [following(1, 2), following(2, 2), following(1, 0)]
    with pytest.raises(MalformedError, match="totalPageNum"):
        unwrap({"data": [], "totalPageNum": None})


FILL = {
    "symbol": "BTCUSDT",
    "id": "133948532984922113",
    "orderId": "133948532531949568",
    "orderListId": "-1",
    "price": "41995.51",
    "qty": "0.0002",
    "quoteQty": "8.399102",
    "commission": "0.016798204",
    "commissionAsset": "USDT",
    "time": "1647718055000",
    "isBuyer": True,
    "isMaker": False,
    "isBestMatch": True,
}
SYMBOLS = [{"symbol": "BTCUSDT", "baseAsset": "BTC", "quoteAsset": "USDT"}]


def test_a_fill_changes_both_coins_and_the_coin_of_its_fee() -> None:
    row = changed(FILLS, [FILL], lambda _list: SYMBOLS)

    assert [
        ("spot", "BTC", "0.0002", "trade"),
        ("spot", "USDT", "-8.399102", "trade"),
        ("spot", "USDT", "-0.016798204", "fee"),
    ] == changes(row)
    assert "133948532984922113" == row.trade_id


def test_both_sides_of_a_trade_with_oneself_are_kept() -> None:
    """One deal, two orders: they have one id, and may come in two answers."""
    sold = {**FILL, "orderId": "2", "isBuyer": False, "isSelfTrade": True}
    rows = [*FILLS.endpoint.rows([FILL]), *FILLS.endpoint.rows([sold])]
    read = FILLS.beside(lambda _list: SYMBOLS).changed

    assert 2 == len({read(row).id for row in rows})
    assert Decimal("-0.033596408") == sum(one.amount for row in rows for one in read(row).changes)


def test_a_symbol_that_is_not_named_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        fill_reader(fill)(lambda _list: [])(Row(FILLS.endpoint.rows([FILL])[0], FILLS.fields))


def test_symbols_are_kept_with_the_time_of_their_answer() -> None:
    answer = {"serverTime": "1770000000000", "symbols": [{**SYMBOLS[0], "status": "3", "filters": []}]}

    assert [{**SYMBOLS[0], "status": "3", "serverTime": "1770000000000"}] == symbol_rows(answer)


def futures_rows(*contracts: tuple[str, str]) -> RowsOf:
    rows = [{"symbol": name, "settleCoin": coin} for name, coin in contracts]
    return lambda list_id: rows if list_id == "contracts" else ()


DEAL = {
    "id": 299444585,
    "symbol": "BTC_USDT",
    "side": 4,
    "vol": 1,
    "price": 2.45455,
    "feeCurrency": "USDT",
    "fee": 0.00147273,
    "timestamp": 1647718255000,
    "profit": 0.5,
    "category": 1,
    "orderId": "265307163526610432",
    "isTaker": True,
}


def test_a_deal_changes_futures_by_its_profit_and_its_fee_each_in_its_coin() -> None:
    """Futures write numbers, which are exact as they came, also with an exponent: 1.25E-6."""
    rows_of = futures_rows(("BTC_USDT", "USDT"))
    body = json.dumps({"success": True, "code": 0, "data": [{**DEAL, "feeCurrency": "MX"}]})
    row = changed(DEALS, body.replace("0.00147273", "1.25E-6"), rows_of)

    assert [("futures", "USDT", "0.5", "pnl"), ("futures", "MX", "-0.00000125", "fee")] == changes(row)
    assert ("close long", "taker", "") == (row.cells[1], row.cells[6], row.unknown)


def test_what_only_opens_a_position_is_a_fee() -> None:
    page = {"resultList": [{**DEAL, "profit": 0}], "totalCount": 1}
    row = changed(DEALS, {"success": True, "code": 0, "data": page}, futures_rows(("BTC_USDT", "USDT")))

    assert [("futures", "USDT", "-0.00147273", "fee")] == changes(row)


@pytest.mark.parametrize(
    ("name", "coin"), [("SUSHI_USDT", "USDT"), ("BTC_USDC", "USDC"), ("BTC_USD", "BTC"), ("A_B_USDT", "USDT")]
)
def test_a_funding_fee_is_in_the_coin_that_its_contract_settles_in(name: str, coin: str) -> None:
    """Its row names no coin. Of a contract that MEXC no longer lists it follows from the name, and is said."""
    known = {"id": 328033, "positionType": 1, "positionValue": 41.8899, "rate": -0.002, "settleTime": 1606435200000}
    page = {"pageSize": 2, "totalCount": 1, "resultList": [{**known, "symbol": name, "funding": 0.0837798}]}
    body = {"success": True, "code": 0, "data": page}
    listed, unlisted = changed(FUNDING, body, futures_rows((name, "XYZ"))), changed(FUNDING, body)

    assert ([("futures", "XYZ", "0.0837798", "funding")], "") == (changes(listed), listed.unknown)
    assert ([("futures", coin, "0.0837798", "funding")], name) == (changes(unlisted), unlisted.unknown)
    assert coin == coin_of_contract(name, {})


@pytest.mark.parametrize(
    ("kind", "state", "size", "unknown"),
    [
        *(("IN", "SUCCESS", "22.90213135", ""), ("OUT", "SUCCESS", "-22.90213135", "")),
        *(("OUT", "WAIT", "", "OUT WAIT"), ("IN", "FAILED", "", ""), ("AUTO", "SUCCESS", "", "AUTO SUCCESS")),
    ],
)
def test_a_transfer_into_futures_and_out_of_it(kind: str, state: str, size: str, unknown: str) -> None:
    row = {"id": 2980812, "txid": "fa8a", "currency": "USDT", "amount": 22.90213135, "type": kind, "state": state}
    page = {"resultList": [{**row, "createTime": 1648849076000}], "totalCount": 1}
    read = changed(FUTURES_TRANSFERS, {"success": True, "code": 0, "data": page})

    assert ([("futures", "USDT", size, "transfer")] if size else []) == changes(read)
    assert unknown == read.unknown


def test_deals_are_asked_for_every_contract_that_orders_positions_or_funding_fees_name() -> None:
    rows = {"futures-orders": [{"symbol": "A_USDT"}], "futures-positions": [{"symbol": "B_USDT"}, {"symbol": ""}]}
    found = symbols_traded(lambda list_id: rows.get(list_id, [{"symbol": "C_USDT"}]))

    assert ["A_USDT", "B_USDT", "C_USDT"] == list(found)


def test_contracts_are_read_off_their_list() -> None:
    body = {"success": True, "code": 0, "data": [{"symbol": "BTC_USD", "settleCoin": "BTC", "contractSize": 100}]}
    (row,) = CONTRACTS.endpoint.rows(unwrap(decoded_body(json.dumps(body))))

    assert ("BTC_USD", 0) == (CONTRACTS.listed(row).id, CONTRACTS.listed(row).time)


ANSWERS = [
    ({"code": 700007, "msg": "No permission to access the endpoint."}, "700007"),
    ({"success": False, "code": 1000, "message": "Account does not exist"}, "1000"),
    ({"success": False, "code": 0}, "0"),
    ({"success": True, "code": 0, "data": []}, None),
    ({"code": 200, "data": [], "msg": None}, None),
    ({"uid": "7"}, None),
    ([], None),
]


@pytest.mark.parametrize(("body", "code"), ANSWERS)
def test_an_answer_is_an_error_by_its_code(body: Any, code: str | None) -> None:
    found = error_code(decoded_body(json.dumps(body)))

    assert code == (None if found is None else found[0])


def test_an_answer_of_futures_has_its_rows_in_one_place() -> None:
    page = {"resultList": [1], "totalCount": "1"}

    assert [{ROWS: [1]}, page] == [unwrap({"success": True, "data": data}) for data in ([1], page)]
    with pytest.raises(MalformedError, match="data is missing"):
        unwrap({"success": True, "code": "0"})


def test_a_row_without_anything_that_makes_an_id_has_none() -> None:
    assert [{"a": "", ROW_ID: ""}, "a text"] == identified(list_rows, "a", "b")([{"a": ""}, "a text"])


def test_every_list_beside_reads_its_columns_off_a_row() -> None:
    rows: dict[str, dict[str, str]] = {
        "spot-orders": {"orderId": "C02__1", "symbol": "BTCUSDT", "time": "1", "price": "2", "origQty": "3"},
        "futures-orders": {"orderId": "9", "symbol": "BTC_USDT", "createTime": "1", "price": "2", "vol": "3"},
        "futures-positions": {"positionId": "8", "symbol": "BTC_USDT", "updateTime": "1", "realised": "-0.5"},
        "rebates": {ROW_ID: "r", "asset": "USDT", "amount": "0.0001126", "updateTime": "1", "rate": "0.3"},
    }
    cells = {one.id: one.listed(rows[one.id]).cells for one in HISTORY.seconds if one.id in rows}

    assert ("BTCUSDT", "2", "3") == tuple(cells["spot-orders"][place] for place in (1, 4, 5))
    assert ("BTC_USDT", "2", "3") == tuple(cells["futures-orders"][place] for place in (1, 4, 5))
    assert "-0.5" == cells["futures-positions"][7]
    assert ("rebates", "USDT", "0.0001126") == tuple(cells["rebates"][place] for place in (0, 2, 3))
