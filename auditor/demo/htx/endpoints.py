"""HTX's endpoints (www.htx.com/en-us/opend/newApiPages, Spot) that an archive reads."""

from __future__ import annotations

from typing import Any

from auditor.demo.htx.paging import DAY, HOUR, Span, from_row, size_of, within
from auditor.demo.htx.protocol import new_refusal, new_result, refusal, result
from auditor.demo.model import Row
from auditor.demo.pages import newest_first, read_number
from auditor.demo.venue import Handler, Query, RefusedError

ACCOUNTS, BALANCES = "/v1/account/accounts", "balances"
HISTORY, LEDGER = "/v1/account/history", "/v2/account/ledger"
MOVEMENTS, VALUATION = "/v1/query/deposit-withdraw", "/v2/account/valuation"
FILLS, ORDERS = "/v1/order/matchresults", "/v1/order/history"
LOANS, CROSS_LOANS = "/v1/margin/loan-orders", "/v1/cross-margin/loan-orders"
REPAYMENTS = "/v2/account/repayment"
BILLS, CONTRACT_BALANCES = "/v5/account/bills", "/v5/account/balance"
CONTRACT_ORDERS, CONTRACT_FILLS = "/v5/trade/order/history", "/v5/trade/order/details"
ALGO_ORDERS = "/v5/algo/order/history"
_HISTORY = Span("transact-time", HOUR, 29 * DAY)
_LEDGER = Span("transactTime", 10 * DAY, 180 * DAY, "startTime", "endTime")
_FILLS = Span("created-at", 2 * DAY, 120 * DAY)
_ORDERS = Span("created-at", 2 * DAY, 180 * DAY)
_BILLS = Span("created_time", 2 * DAY, 90 * DAY, "start_time", "end_time")


def _date_refusal() -> RefusedError:
    return refusal("base-date-limit-error", "The query date is out of range.")


def _field_refusal() -> RefusedError:
    return new_refusal(2002, "invalid field value in `startTime`")


def _uid(query: Query) -> Any:
    return new_result(int(query.account.uid))


def _keys(query: Query) -> Any:
    """Answer the keys of a user: this one, or each where none is named."""
    if query.params.get("uid") != query.account.uid:
        raise new_refusal(1002, "forbidden")
    rows = [{**query.account.key, "accessKey": query.account.apikey}, {**_OTHER_KEY, "accessKey": "demo-other-key"}]
    wanted = query.params.get("accessKey")
    return new_result([row for row in rows if wanted in {None, row["accessKey"]}])


_OTHER_KEY = {"note": "other", "status": "normal", "permission": "readOnly", "ipAddresses": "", "validDays": -1}


def _accounts(query: Query) -> Any:
    return result(query.rows())


def _account_of(query: Query, number: str) -> Row:
    known = next((row for row in query.account.rows(ACCOUNTS) if str(row["id"]) == number), None)
    if known is None:
        raise refusal("account-get-accounts-inexistent-error", f"account for id `{number}` does not exist")
    return known


def _balance(query: Query) -> Any:
    number = query.path.split("/")[-2]
    known = _account_of(query, number)
    rows = [dict(row["row"]) for row in query.account.rows(BALANCES) if str(row["account"]) == number]
    return result({"id": known["id"], "type": known["type"], "state": known["state"], "list": rows})


def _history(query: Query) -> Any:
    """Answer an hour of one account's changes, and the id of the next page only where there is one."""
    number = query.params.get("account-id", "")
    _account_of(query, number)
    rows = [row for row in query.rows() if str(row["account-id"]) == number]
    found = within(query, rows, _HISTORY, _date_refusal)
    found = found[::-1] if query.params.get("sort") == "desc" else found
    size = size_of(query, "size", 100, 500, _date_refusal)
    page, following = from_row(found, "record-id", query.params.get("from-id", ""), size)
    return result(page, **({"next-id": int(following)} if following else {}))


def _ledger(query: Query) -> Any:
    """Answer ten days of one account's transfers, the newest first."""
    number = query.params.get("accountId", "")
    rows = [row for row in query.rows() if str(row["accountId"]) == number]
    found = newest_first(within(query, rows, _LEDGER, _field_refusal), lambda row: read_number(row["transactTime"]))
    numbered = [{**row, "place": place} for place, row in enumerate(found, start=1)]
    size = size_of(query, "limit", 100, 500, _field_refusal)
    page, following = from_row(numbered, "place", query.params.get("fromId", ""), size)
    for row in page:
        del row["place"]
    return new_result(page, **({"nextId": int(following)} if following else {}))


def _movements(query: Query) -> Any:
    """Answer deposits or withdrawals from an id on, down with direct next, else up."""
    kind = query.params.get("type")
    if kind not in {"deposit", "withdraw"}:
        raise refusal("base-argument-unsupported", "type is required")
    is_down = query.params.get("direct") == "next"
    rows = sorted((row for row in query.rows() if row["type"] == kind), key=lambda row: row["id"], reverse=is_down)
    return result(_from_id(query, rows, size_of(query, "size", 50, 500, _date_refusal), is_down=is_down))


def _from_id(query: Query, rows: list[Row], size: int, *, is_down: bool) -> list[Row]:
    first = query.params.get("from")
    if first is not None:
        edge = int(first)
        rows = [row for row in rows if (row["id"] <= edge if is_down else row["id"] >= edge)]
    return rows[:size]


def _windowed(span: Span, default: int, most: int) -> Handler:
    """Answer a time window of a list, the newest rows first, at most so many."""

    def handler(query: Query) -> Any:
        found = newest_first(within(query, query.rows(), span, _date_refusal), lambda row: row[span.field])
        return result(found[: size_of(query, "size", default, most, _date_refusal)])

    return handler


def _loans(query: Query) -> Any:
    rows = sorted(query.rows(), key=lambda row: row["id"], reverse=True)
    return result(_from_id(query, rows, size_of(query, "size", 100, 100, _date_refusal), is_down=True))


def _repayments(query: Query) -> Any:
    size = size_of(query, "limit", 50, 100, _field_refusal)
    page, following = from_row(query.rows(), "repayId", query.params.get("fromId", ""), size)
    return new_result(page, **({"nextId": int(following)} if following else {}))


def _valuation(query: Query) -> Any:
    if query.params.get("valuationCurrency", "BTC") != "BTC":
        raise new_refusal(2002, "invalid field value in `valuationCurrency`")
    rows = [{**row, "success": True} for row in query.rows()]
    return new_result({"updated": {"success": True}, "totalBalance": "0", "profitAccountBalanceList": rows})


def _bills(query: Query) -> Any:
    """Answer two days of bills, ten of them unless more are asked for."""
    found = newest_first(within(query, query.rows(), _BILLS, _field_refusal), lambda row: int(row["created_time"]))
    return new_result(found[: size_of(query, "limit", 10, 100, _field_refusal)])


def _of_contract(*needed: str) -> Handler:
    """Answer two days of one contract's orders or trades, or of one kind of orders, as bills are answered."""

    def handler(query: Query) -> Any:
        asked = {name: query.params.get(name) for name in needed}
        if None in asked.values():
            raise new_refusal(2002, f"invalid field value in `{needed[0]}`")
        rows = [row for row in query.rows() if all(row[name] == value for name, value in asked.items())]
        found = newest_first(within(query, rows, _BILLS, _field_refusal), lambda row: int(row["created_time"]))
        return new_result(found[: size_of(query, "limit", 10, 100, _field_refusal)])

    return handler


def _contract_balances(query: Query) -> Any:
    return new_result({"state": "normal", "equity": "0", "details": query.rows()})


READS: dict[tuple[str, str], Handler] = {
    ("GET", BILLS): _bills,
    ("GET", CONTRACT_BALANCES): _contract_balances,
    ("GET", CONTRACT_ORDERS): _of_contract("contract_code", "margin_mode"),
    ("GET", CONTRACT_FILLS): _of_contract("contract_code"),
    ("GET", ALGO_ORDERS): _of_contract("type"),
    ("GET", "/v2/user/uid"): _uid,
    ("GET", "/v2/user/api-key"): _keys,
    ("GET", ACCOUNTS): _accounts,
    ("GET", f"{ACCOUNTS}/*/balance"): _balance,
    ("GET", HISTORY): _history,
    ("GET", LEDGER): _ledger,
    ("GET", MOVEMENTS): _movements,
    ("GET", FILLS): _windowed(_FILLS, 100, 500),
    ("GET", ORDERS): _windowed(_ORDERS, 100, 1000),
    ("GET", LOANS): _loans,
    ("GET", CROSS_LOANS): _loans,
    ("GET", REPAYMENTS): _repayments,
    ("GET", VALUATION): _valuation,
}
