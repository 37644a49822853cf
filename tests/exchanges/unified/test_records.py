"""From a unified method's answer to records: nothing that ccxt lost or could not parse counts as empty."""

from decimal import Decimal
from typing import Any

import pytest

from auditor.exchanges.unified.answers import ShownRows, rows_at, value_at
from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.records import read_answer, unique_records
from auditor.exchanges.unified.spec import States, UnifiedCall
from auditor.model.records import Area, Flow, Part, Record
from auditor.spec.fields import MalformedError

BASE = {"id": "place", "area": Area.BALANCES, "title": "A place", "method": "fetch_balance", "at": "/x"}
STATES = States(field="status", final=frozenset({"done"}), words={"open": "being sent"}, stuck=frozenset({"held"}))


def call(**more: Any) -> UnifiedCall:
    return UnifiedCall(**{**BASE, **more})


def answer(rows: list[Any], shown: Any, **more: Any) -> CallAnswer:
    return CallAnswer(call(**more), [(None, row) for row in rows], shown, lambda code: code)


def wallet(total: str | None, row: dict[str, str], **more: Any) -> CallAnswer:
    account = {"total": None if total is None else Decimal(total), "free": None, "used": None}
    return answer([{"asset": "BTC", **row}], {"BTC": account}, asset="asset", **more)


def understood(answered: CallAnswer, method: str = "fetch_balance") -> list[Record]:
    """The records of an answer in which nothing is in doubt."""
    made = CallAnswer(answered.call.model_copy(update={"method": method}), answered.rows, answered.shown, answered.code)
    records, doubts = read_answer(made)
    if doubts:
        raise doubts[0]
    return records


def test_a_balance_keeps_its_digits() -> None:
    (found,) = understood(wallet("0.00000001", {}))
    assert ("BTC", Decimal("0.00000001")) == (found.subject, getattr(found, "amount", None))


def test_a_balance_that_did_not_parse_is_malformed() -> None:
    with pytest.raises(MalformedError, match="did not parse"):
        understood(wallet(None, {}))


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_a_balance_that_is_no_number_is_malformed(value: str) -> None:
    with pytest.raises(MalformedError):
        understood(wallet(value, {}))


def test_an_asset_that_ccxt_does_not_show_is_malformed() -> None:
    with pytest.raises(MalformedError, match="does not show"):
        understood(answer([{"asset": "ETH"}], {}, asset="asset"))


def test_two_rows_of_which_ccxt_shows_one_are_malformed() -> None:
    shown = {"BTC": {"total": Decimal(0)}}
    with pytest.raises(MalformedError, match="two rows"):
        understood(answer([{"asset": "BTC"}, {"asset": "BTC"}], shown, asset="asset"))


def test_a_figure_that_ccxt_drops_still_holds() -> None:
    (found,) = understood(wallet("0", {"lent": "7"}, figures={"lent": "lent"}))
    assert found.holds


def test_an_amount_of_which_ccxt_made_nothing_still_holds() -> None:
    (found,) = understood(wallet("0", {"balance": "7"}, figures={"balance": "other"}))
    assert {Part.OTHER: Decimal(7)} == getattr(found, "held", None)


@pytest.mark.parametrize("row", [{}, {"lent": ""}, {"lent": "1e999"}, {"lent": "x"}, {"lent": None}])
def test_a_figure_that_is_missing_or_no_amount_is_malformed(row: dict[str, str]) -> None:
    with pytest.raises(MalformedError, match=r"is (not an amount|missing|blank)$"):
        understood(wallet("0", row, figures={"lent": "lent"}))


def test_a_figure_that_may_be_missing_may_not_be_wrong() -> None:
    assert understood(wallet("0", {}, figures={"lent?": "lent"}))
    with pytest.raises(MalformedError):
        understood(wallet("0", {"lent": "x"}, figures={"lent?": "lent"}))


OWED = {"owed": "5", "interest": "0.1"}
OWING: dict[str, Any] = {"figures": {"owed": "liability", "interest": "interest"}}


def test_what_is_owed_beside_a_balance_is_a_debt_of_its_own() -> None:
    debt, balance = understood(wallet("2", OWED, **OWING))
    assert ("BTC:owed", Decimal(5), {Part.INTEREST: Decimal("0.1")}) == (
        debt.subject,
        getattr(debt, "amount", None),
        getattr(debt, "held", None),
    )
    assert {} == getattr(balance, "held", None)


def test_a_balance_below_zero_is_the_debt_itself() -> None:
    (balance,) = understood(wallet("-5", OWED, **OWING))
    assert Decimal(5) == getattr(balance, "held", {})[Part.LIABILITY]


def test_a_debt_that_another_place_shows_is_only_told_here() -> None:
    (balance,) = understood(wallet("2", OWED, owes=False, **OWING))
    assert Decimal(5) == getattr(balance, "held", {})[Part.LIABILITY]


def test_an_amount_is_the_exact_sum_of_its_parts_where_ccxt_leaves_one_out() -> None:
    row = {"free": "0.00000001", "lent": "7"}
    (found,) = understood(wallet("0", row, figures={"free": "available", "lent": "lent"}, adds=("free", "lent")))
    assert ("7.00000001", "place") == (str(getattr(found, "amount", "")), getattr(found, "wallet", ""))


def test_a_wallet_that_several_places_show_has_one_name() -> None:
    (found,) = understood(wallet("1", {}, wallet="portfolio"))
    assert "portfolio" == getattr(found, "wallet", "")


ROW = {"id": "1", "state": "live"}


def test_a_row_that_ccxt_does_not_show_is_malformed() -> None:
    with pytest.raises(MalformedError, match="gave 1 rows, and ccxt shows 0"):
        understood(answer([ROW], []), "fetch_open_orders")


def test_a_row_that_ccxt_shows_otherwise_is_malformed() -> None:
    with pytest.raises(MalformedError, match="does not show one"):
        understood(answer([ROW], [{"id": "1", "info": {"id": "2"}}]), "fetch_open_orders")


def test_a_row_to_which_ccxt_added_fields_is_still_that_row() -> None:
    (found,) = understood(answer([ROW], [{"id": "1", "info": {**ROW, "more": 1}, "amount": None}]), "fetch_open_orders")
    assert ("1", None) == (found.subject, getattr(found, "amount", 0))


def test_an_order_whose_id_ccxt_drops_keeps_that_of_the_exchange() -> None:
    (found,) = understood(answer([ROW], [{"id": None, "info": ROW}]), "fetch_open_orders")
    assert "1" == found.subject


def test_an_order_without_an_id_is_malformed() -> None:
    with pytest.raises(MalformedError, match="id of an order"):
        understood(answer([{"price": "5"}], [{"id": None, "info": {"price": "5"}}]), "fetch_open_orders")


def test_a_position_that_did_not_parse_is_malformed() -> None:
    with pytest.raises(MalformedError, match="did not parse"):
        understood(answer([ROW], [{"symbol": "BTC/USDT", "contracts": None, "info": ROW}]), "fetch_positions")


def test_margin_without_a_position_holds() -> None:
    item = {"symbol": "BTC/USDT", "contracts": Decimal(0), "initialMargin": Decimal(5), "info": ROW}
    (found,) = understood(answer([ROW], [item]), "fetch_positions")
    assert found.holds


def test_a_debt_is_what_is_owed_and_not_only_its_interest() -> None:
    row = {"liability": "5"}
    item = {"currency": "USDT", "interest": Decimal(0), "info": row}
    (found,) = understood(answer([row], [item], figures={"liability": "liability"}), "fetch_borrow_interest")
    assert (Decimal(5), True) == (getattr(found, "amount", None), found.holds)


def flow(status: str, **row: str) -> list[Any]:
    raw = {"status": status, **row}
    item = {"id": "f", "currency": "BTC", "amount": Decimal(1), "info": raw}
    beside = STATES.model_copy(
        update={"beside": "hold", "beside_final": frozenset({"no"}), "above_zero": {"done": "block"}}
    )
    return understood(answer([raw], [item], states=beside, direction="deposit"), "fetch_deposits")


def test_a_movement_is_over_only_in_a_final_state() -> None:
    assert [] == flow("done", block="7")
    assert ["being sent"] == [found.reason for found in flow("open")]


def test_a_state_that_nobody_knows_is_under_way() -> None:
    (found,) = flow("brand-new")
    assert not found.known


def test_a_final_state_that_another_field_takes_back_is_under_way() -> None:
    assert [] == flow("done", block="7", hold="no")
    assert 1 == len(flow("done", block="7", hold="aml"))
    assert 1 == len(flow("done", block="0"))


def test_a_field_that_an_older_movement_lacks_takes_nothing_back() -> None:
    assert [] == flow("done")
    assert [] == flow("done", block="")


def test_a_movement_without_a_state_is_malformed() -> None:
    with pytest.raises(MalformedError, match="status"):
        flow("")


def test_what_two_stretches_show_alike_is_one_thing_and_two_holdings_stay_two() -> None:
    (one,) = flow("open")
    (other,) = understood(wallet("1", {}))
    assert ["f", "BTC", "BTC:2"] == [record.subject for record in unique_records([one, one, other, other])]
    assert isinstance(one, Flow)


def test_rows_are_found_where_they_are_said_to_be() -> None:
    body = {"a": {"b": [{"c": [1, 2]}, {"c": [3]}]}, "k": {"x": {"v": 1}}, "n": None}
    assert [1, 2, 3] == [row for _key, row in rows_at(body, "a.b.*.c")]
    assert [("x", {"v": 1})] == rows_at(body, "k.{}")
    assert [("k", {"x": {"v": 1}})] == rows_at(body, "k.@")
    assert [] == rows_at(body, "n?")


WRONG = [({}, ""), ({}, "a"), ({"a": {}}, "a"), ({"a": None}, "a"), ([], "a"), ({"a": []}, "a.{}"), ({}, "a?")]
WRONG += [({"a": []}, "a.+.b"), ({"a": []}, "a.@"), ("text", ""), (None, ""), ({"a": [1]}, "a.*.b")]


@pytest.mark.parametrize(("body", "path"), WRONG)
def test_rows_that_are_not_there_are_malformed(body: object, path: str) -> None:
    with pytest.raises(MalformedError):
        rows_at(body, path)


def test_fields_are_found_within_rows_that_are_lists_too() -> None:
    assert ("b", None, None) == (value_at(["a", ["b"]], "1.0"), value_at(["a"], "3"), value_at("text", "a"))


def test_rows_are_paired_each_with_its_own() -> None:
    shown = [{"info": {"id": 2}, "n": 2}, {"info": {"id": 1}, "n": 1}]
    rows = ShownRows(shown)
    assert [1, 2] == [rows.parsed({"id": number})["n"] for number in (1, 2)]


def test_of_rows_that_are_alike_each_is_paired_with_one_of_its_own() -> None:
    rows = ShownRows([{"info": {"a": 1}, "id": "x"}, {"info": {"a": 1}, "id": "y"}])
    assert ["y", "x"] == [rows.parsed({"a": 1}, key)["id"] for key in ("y", None)]


def test_one_odd_row_beside_a_good_one_and_both_are_told() -> None:
    rows = [{"asset": "POPCAT"}, {"asset": "USDT"}]
    shown = {"POPCAT": {"total": None}, "USDT": {"total": Decimal("50.97")}}

    records, doubts = read_answer(answer(rows, shown, asset="asset"))

    held = {getattr(record, "asset", ""): getattr(record, "amount", None) for record in records}
    assert {"POPCAT": Decimal(0), "USDT": Decimal("50.97")} == held
    assert ["the balance of POPCAT did not parse"] == list(map(str, doubts))


def test_a_row_that_makes_the_program_stumble_hides_no_other() -> None:
    shown = [{"id": "1", "info": ROW, "amount": None}, {"id": ["x"], "info": {"id": "2"}}]
    odd = answer([ROW, {"id": "2"}], shown, method="fetch_open_orders")

    records, doubts = read_answer(odd)

    assert (["1"], ["the id of an order is missing"]) == ([r.subject for r in records], list(map(str, doubts)))
