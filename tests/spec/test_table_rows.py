"""How the declaration of a list that only explains is read, and what its rows become."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import MalformedError, optional_amount, text, time
from auditor.spec.history_tables import TABLES
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table, shape

ORDER = shape(
    "orders", "spot", number="id symbol", time="at", columns="instrument:symbol side type:=limit price:legs.px fee"
)
ROW = {"id": "7", "symbol": "BTCUSDT", "side": "buy", "at": "5", "fee": "0.10", "legs": [{"px": "1.50"}]}


def cells(row: Mapping[str, Any]) -> dict[str, str]:
    listed = ORDER.read(Row(row, ORDER.fields))
    return {name: cell for name, cell in zip(TABLES["orders"], listed.cells, strict=True) if cell}


def test_each_column_has_its_field_digit_for_digit() -> None:
    expected = {"kind": "spot", "instrument": "BTCUSDT", "side": "buy", "type": "limit", "price": "1.50", "fee": "0.10"}
    assert expected == cells(ROW)
    assert ("7-BTCUSDT", 5) == (ORDER.read(Row(ROW, ORDER.fields)).id, ORDER.read(Row(ROW, ORDER.fields)).time)


def test_an_amount_of_several_legs_is_none_of_them() -> None:
    assert "price" not in cells({**ROW, "legs": [{"px": "1.50"}, {"px": "2"}]})


def test_id_and_time_and_amounts_are_strict() -> None:
    assert (text("id"), text("at"), optional_amount("fee")) == ORDER.fields
    assert time("at") == shape("orders", "", number="id", time="at", columns="", moment=time).fields[1]
    with pytest.raises(MalformedError):
        cells({**ROW, "fee": "much"})


def test_a_column_that_no_table_has_is_no_declaration() -> None:
    with pytest.raises(ValueError, match="colour"):
        in_table("orders", "spot", number="id", time="at", columns="side colour:id")


def test_a_reach_without_a_source_cites_the_page_of_the_request() -> None:
    endpoint = Endpoint(path="orders", limit=Limit(1, 1), source="the page of orders")
    listed = SecondList(
        id="orders",
        title="Orders",
        wallet="spot",
        endpoint=endpoint,
        reach=Reach(words=""),
        key="",
        **ORDER.arguments(),
    )
    assert "the page of orders" == listed.reach.source
