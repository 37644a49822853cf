"""Pages: newest first, without the row that was named, unless the documentation says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from auditor.demo import Account

Connect = Callable[..., Any]


BY_AFTER = [
    ("trade/orders-pending", "ordId", {}),
    ("trade/orders-algo-pending", "algoId", {"ordType": "trigger"}),
    ("tradingBot/grid/orders-algo-pending", "algoId", {"algoOrdType": "grid"}),
    ("tradingBot/recurring/orders-algo-pending", "algoId", {}),
    ("copytrading/current-subpositions", "subPosId", {}),
    ("asset/deposit-history", "ts", {}),
    ("asset/withdrawal-history", "ts", {}),
    ("finance/staking-defi/eth/purchase-redeem-history", "requestTime", {}),
    ("finance/stable-rewards/subscribe-redeem-history", "ordId", {"ccy": "USDG"}),
    ("trade/easy-convert-history", "uTime", {}),
    ("users/subaccount/list", "ts", {"enable": "true"}),
    ("account/bills", "billId", {}),
]
BY_END_ID = [("rfq/rfqs", "rfqId"), ("rfq/quotes", "quoteId"), ("sprd/orders-pending", "ordId")]


def rows(field: str, count: int, query: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Rows whose ids or times are 1001, 1002, ..., in no order."""
    numbers = sorted(range(1001, 1001 + count), key=lambda number: number % 7)
    shown = {name: value == "true" if name == "enable" else value for name, value in (query or {}).items()}
    return [{field: str(number), **shown} for number in numbers]


@pytest.mark.parametrize(("path", "field", "query"), BY_AFTER)
def test_after_gives_older_and_before_newer_rows_without_the_one_named(
    connect: Connect, mine: Account, path: str, field: str, query: dict[str, str]
) -> None:
    client = connect(mine.with_rows(path, rows(field, 9, query)))

    older = client.get(path, after="1005", **query).column(field)
    newer = client.get(path, before="1005", **query).column(field)

    assert ["1004", "1003", "1002", "1001"] == older
    assert ["1009", "1008", "1007", "1006"] == newer


@pytest.mark.parametrize(("path", "field"), [*BY_END_ID, ("finance/sfp/dcd/order-history", "ordId")])
def test_end_id_gives_older_and_begin_id_newer_rows_without_the_one_named(
    connect: Connect, mine: Account, path: str, field: str
) -> None:
    client = connect(mine.with_rows(path, rows(field, 9)))

    assert ["1004", "1003", "1002", "1001"] == client.get(path, endId="1005").column(field)
    assert ["1009", "1008", "1007", "1006"] == client.get(path, beginId="1005").column(field)


@pytest.mark.parametrize("path", ["fiat/deposit-order-history", "fiat/withdrawal-order-history"])
def test_fiat_orders_are_asked_for_from_after_until_before_both_included(
    connect: Connect, mine: Account, path: str
) -> None:
    client = connect(mine.with_rows(path, rows("cTime", 9)))

    assert ["1006", "1005", "1004"] == client.get(path, after="1004", before="1006").column("cTime")


@pytest.mark.parametrize(("path", "field", "query"), [row for row in BY_AFTER if row[0] != "users/subaccount/list"])
def test_walking_the_pages_meets_every_row_once(
    connect: Connect, mine: Account, path: str, field: str, query: dict[str, str]
) -> None:
    client = connect(mine.with_rows(path, rows(field, 25, query)))

    seen, page = [], client.get(path, limit="10", **query).column(field)
    while page:
        seen += page
        page = client.get(path, limit="10", after=seen[-1], **query).column(field)

    assert [str(number) for number in range(1025, 1000, -1)] == seen


@pytest.mark.parametrize(("asked", "given"), [({}, 100), ({"limit": "7"}, 7), ({"limit": "500"}, 100)])
def test_a_page_has_at_most_a_hundred_rows(connect: Connect, mine: Account, asked: dict[str, str], given: int) -> None:
    client = connect(mine.with_rows("trade/orders-pending", rows("ordId", 130)))

    assert given == len(client.get("trade/orders-pending", **asked).data)


def test_a_page_of_copied_positions_has_five_hundred(connect: Connect, mine: Account) -> None:
    client = connect(mine.with_rows("copytrading/current-subpositions", rows("subPosId", 520)))

    assert 500 == len(client.get("copytrading/current-subpositions").data)


def test_what_has_no_pages_comes_whole(connect: Connect, mine: Account) -> None:
    coins = [{"ccy": f"COIN{number}", "bal": "1"} for number in range(130)]

    assert 130 == len(connect(mine.with_rows("asset/balances", coins)).get("asset/balances").data)


@pytest.mark.parametrize("query", [{"after": "first"}, {"before": "-3"}, {"limit": "0"}, {"limit": "many"}])
def test_a_page_that_makes_no_sense_is_refused_by_the_name_of_its_parameter(
    connect: Connect, query: dict[str, str]
) -> None:
    answer = connect().get("trade/orders-pending", **query)

    assert (400, "51000", f"Parameter {next(iter(query))} error") == (answer.status, answer.code, answer.body["msg"])
