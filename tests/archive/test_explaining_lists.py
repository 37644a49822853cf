"""The lists that only explain what the ledgers show: orders, positions, products, bots, and what is asked beside."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor import demo
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.raw import answers, places
from auditor.demo.faults import Reply
from auditor.demo.okx.story import FILLS, TRADING
from auditor.exchanges.okx.archive_lists.explaining import shape
from auditor.exchanges.registry import load
from auditor.spec.fields import MalformedError
from auditor.spec.history_tables import TABLES
from auditor.spec.paged_list import OF_ROW
from auditor.spec.parsed_row import Row
from tests.archive.archiving import NOW, archived, make, rows_of, served, told

OPEN_FILES = Path("/proc/self/fd")
ORDERS, FILES = "trade/orders-history-archive", "account/bills-history-archive"
BOTS = "tradingBot/grid/orders-algo-history"
WRITTEN = {
    ("orders", "order"): (ORDERS, "ordId"),
    ("orders", "algo order"): ("trade/orders-algo-history", "algoId"),
    ("orders", "spread order"): ("sprd/orders-history-archive", "ordId"),
    ("orders", "spread trade"): ("sprd/trades", "tradeId"),
    ("orders", "block trade"): ("rfq/trades", "blockTdId"),
    ("positions", "position"): ("account/positions-history", "posId"),
    ("positions", "grid bot"): (BOTS, "algoId"),
    ("orders", "request for quote"): ("rfq/rfqs", "rfqId"),
    ("positions", "copy position"): ("copytrading/subpositions-history", "subPosId"),
    ("positions", "moved position"): ("account/move-positions-history", "blockTdId"),
    ("products", "loan interest"): ("account/interest-accrued", "ccy"),
    ("products", "Simple Earn"): ("finance/savings/lending-history", "ccy"),
    ("products", "ETH staking"): ("finance/staking-defi/eth/purchase-redeem-history", "requestTime"),
    ("products", "on-chain earn"): ("finance/staking-defi/orders-history", "ordId"),
    ("products", "borrowing"): ("account/spot-borrow-repay-history", "ccy"),
    ("products", "SOL staking"): ("finance/staking-defi/sol/purchase-redeem-history", "requestTime"),
    ("products", "dual investment"): ("finance/sfp/dcd/order-history", "ordId"),
    ("products", "stable rewards"): ("finance/stable-rewards/subscribe-redeem-history", "ordId"),
    ("products", "profit sharing"): ("copytrading/profit-sharing-details", "profitSharingId"),
    ("products", "flexible loan interest"): ("finance/flexible-loan/interest-accrued", "refId"),
    ("products", "flexible loan"): ("finance/flexible-loan/loan-history", "refId"),
    ("conversions", "easy convert"): ("trade/easy-convert-history", "fromCcy"),
    ("conversions", "buy/sell"): ("fiat/buy-sell/history", "ordId"),
    ("movements", "fiat withdrawal"): ("fiat/withdrawal-order-history", "ordId"),
    ("movements", "fiat deposit"): ("fiat/deposit-order-history", "ordId"),
}
"""The rows of each table of a kind, and the list and the field of their ids, written by hand."""


def account_of_a_week() -> demo.Account:
    return told(events=120, days=6)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = archived(account_of_a_week(), tmp_path_factory.mktemp("whole"), whole=True)
    assert (ArchiveStatus.COMPLETE, ()) == (made.outcome.status, made.outcome.gaps)
    return made.folder


@pytest.mark.parametrize(("table", "kind"), WRITTEN)
def test_every_row_of_a_list_is_in_its_table_once(whole: Path, table: str, kind: str) -> None:
    path, name = WRITTEN[table, kind]
    expected = sorted(row[name] for row in account_of_a_week().books[path])
    found = [row["id"] for row in rows_of(whole, f"{table}.csv") if row["kind"] == kind]

    assert expected
    assert expected == sorted(number.partition("-")[0] for number in found)


def test_amounts_of_an_order_are_those_of_the_exchange_digit_for_digit(whole: Path) -> None:
    names = {"price": "px", "amount": "sz", "filled": "accFillSz", "average_price": "avgPx", "fee": "fee"}
    expected = sorted([row[name] for name in names.values()] for row in account_of_a_week().books[ORDERS])
    orders = [row for row in rows_of(whole, "orders.csv") if row["kind"] == "order"]

    assert expected == sorted([row[column] for column in names] for row in orders)


def test_the_orders_of_each_bot_are_there_and_name_it(whole: Path) -> None:
    (bot,) = account_of_a_week().books[BOTS]
    paths = ("grid/sub-orders", "dca/orders", "recurring/sub-orders", "signal/sub-orders")
    expected = sorted(row["ordId"] for path in paths for row in account_of_a_week().books[f"tradingBot/{path}"])
    rows = [row for row in rows_of(whole, "orders.csv") if row["kind"] == "bot order"]

    assert expected == sorted(row["id"] for row in rows)
    assert {bot["algoId"]} == {row["parent_id"] for row in rows}


def test_what_a_conversion_in_both_directions_was_is_said(whole: Path) -> None:
    kinds = {row["kind"] for row in rows_of(whole, "conversions.csv")}
    assert {"convert", "easy convert", "repay", "buy/sell"} == kinds


def test_income_is_what_the_ledgers_show_and_names_its_rows(whole: Path) -> None:
    bills = [row for row in account_of_a_week().books[TRADING] if row["type"] in {"7", "8"}]
    rows = rows_of(whole, "income.csv")

    assert {row["billId"]: row["balChg"] for row in bills} == {row["ledger_id"]: row["amount"] for row in rows}
    assert {"interest", "funding"} == {row["kind"] for row in rows}


def test_the_exchanges_words_for_its_codes_lie_beside_the_tables(whole: Path) -> None:
    words = json.loads((whole / "data/dictionary.json").read_text(encoding="utf-8"))
    assert list(account_of_a_week().books["account/subtypes"]) == words


def test_each_list_that_was_asked_says_how_it_ended_and_how_far_it_goes(whole: Path) -> None:
    lists = json.loads((whole / "data/archive.json").read_text(encoding="utf-8"))["lists"]
    history = load("okx").history
    assert history is not None
    expected = {one.id for one in (*history.ledgers, *history.seconds)}
    # The account had no futures grid and no futures DCA, of which no orders were asked for.
    expected -= {"contract-grid-bots-orders", "contract-dca-bots-orders"}

    assert expected == {one["id"].partition(OF_ROW)[0] for one in lists}
    assert {"ended"} == {one["ended"] for one in lists}
    assert all(one["reach"] and one["reach_source"] for one in lists)


def test_what_the_account_never_used_and_the_exchange_refuses_leaves_nothing_open(tmp_path: Path) -> None:
    refused = account_of_a_week().with_(refuses={"copytrading/subpositions-history": "59285"})
    outcome = archived(refused, tmp_path, beside="copy-positions").outcome

    assert ArchiveStatus.COMPLETE is outcome.status
    assert any("refused" in str(note) and "Copy trading" in str(note) for note in outcome.notes)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("code", ["50120", "51000"])
def test_what_the_account_used_and_the_exchange_refuses_keeps_an_archive_from_being_complete(
    tmp_path: Path, code: str
) -> None:
    refused = account_of_a_week().with_(refuses={ORDERS: code})
    outcome = archived(refused, tmp_path, beside="orders-spot").outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert ["Orders (SPOT)"] == [str(gap).partition(":")[0] for gap in outcome.gaps]


def test_an_order_whose_trades_both_ledger_and_fills_lost_is_missed(tmp_path: Path) -> None:
    account = account_of_a_week()
    first = account.books[ORDERS][-1]
    more = {**first, "ordId": str(int(first["ordId"]) + 1)}
    outcome = archived(account.with_rows(ORDERS, [*account.books[ORDERS], more]), tmp_path, beside="orders-").outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("Orders" in str(gap) and "no ledger" in str(gap) for gap in outcome.gaps)


def test_trades_without_their_order_are_only_said(tmp_path: Path) -> None:
    account = account_of_a_week().with_rows(ORDERS, [])
    outcome = archived(account, tmp_path, beside="orders-").outcome

    assert ArchiveStatus.COMPLETE is outcome.status
    assert any("Orders" in str(note) and "first of" in str(note) for note in outcome.notes)


@pytest.mark.slow("two archives")
def test_a_further_run_reads_these_lists_anew(tmp_path: Path) -> None:
    """An order is filled between two runs: its first state is in no table."""
    account = account_of_a_week()
    *others, last = account.books[ORDERS]
    busy = Reply(503, {"code": "50001", "data": [], "msg": "Service temporarily unavailable"})
    first = account.with_rows(ORDERS, [*others, {**last, "state": "live"}])
    with served(first, fault=lambda call: busy if call.path == FILLS else None) as (configured, _exchange):
        begun = make(configured, tmp_path, beside="orders-")
    made = archived(account, tmp_path, beside="orders-")
    states = [row["state"] for row in rows_of(made.folder, "orders.csv") if row["id"] == last["ordId"]]

    assert (ArchiveStatus.UNFINISHED, ArchiveStatus.COMPLETE) == (begun.outcome.status, made.outcome.status)
    assert ["filled"] == states


def test_the_file_of_a_quarter_that_lies_ready_is_told_and_not_followed(tmp_path: Path) -> None:
    link = "https://static.okx.com/cdn/made-up.zip"
    rows = [
        {"year": "2026", "quarter": "Q2", "fileHref": link, "state": "finished", "ts": "1646892328000"},
        {"year": "2026", "quarter": "Q1", "fileHref": "", "state": "ongoing", "ts": "1646892328000"},
    ]
    with served(told(events=60, days=400).with_rows(FILES, rows)) as (configured, exchange):
        outcome = make(configured, tmp_path).outcome
        asked = {(call.query["year"], call.query["quarter"]) for call in exchange.calls if call.path == FILES}
        others = [call for call in exchange.calls if link in call.path]

    assert [link] == [str(gap).rpartition(" ")[2] for gap in outcome.gaps if "2026 Q2 is ready" in str(gap)]
    assert not any("Q1 is ready" in str(gap) for gap in outcome.gaps)
    assert {("2025", "Q4"), ("2026", "Q1"), ("2026", "Q2"), ("2026", "Q3")} == asked
    assert [] == others


SHAPE = shape(
    "products",
    "made up",
    number="id ccy",
    time="ts",
    columns="asset:parts.ccy amount:parts.amt fee type:=always",
)
ROW = {"id": "7", "ccy": "BTC", "ts": "1700000000000", "fee": "-0.10", "parts": [{"ccy": "BTC", "amt": "0.50"}]}


def read(**changes: Any) -> dict[str, str]:
    row = SHAPE.read(Row({**ROW, **changes}, SHAPE.fields))
    return {"id": row.id, **dict(zip(TABLES["products"], row.cells, strict=True))}


def test_a_shape_takes_columns_from_fields_from_lists_and_from_words() -> None:
    expected = {"kind": "made up", "type": "always", "asset": "BTC", "amount": "0.50", "fee": "-0.10", "id": "7-BTC"}
    assert expected == {name: value for name, value in read().items() if value}


def test_an_amount_of_several_parts_is_none_of_them() -> None:
    parts = [{"ccy": "BTC", "amt": "1"}, {"ccy": "ETH", "amt": "2"}]
    assert ("BTC, ETH", "") == (read(parts=parts)["asset"], read(parts=parts)["amount"])


@pytest.mark.parametrize("changes", [{"fee": -0.1}, {"fee": "free"}, {"id": ""}, {"ts": "now"}, {"ts": None}])
def test_a_row_that_is_not_understood_is_no_row_of_blanks(changes: dict[str, object]) -> None:
    with pytest.raises(MalformedError):
        read(**changes)


def test_an_amount_that_a_row_does_not_have_is_blank() -> None:
    assert ("", "") == (read(fee="")["fee"], read(fee=None)["fee"])


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="the system does not list open files")
def test_lists_that_are_read_side_by_side_hold_no_file_open(whole: Path) -> None:
    """An account with hundreds of bots has as many lists of their orders."""
    path = whole / "data/raw/funding-ledger/000.jsonl.gz"
    before = len(list(OPEN_FILES.iterdir()))
    begun = [answers(path, places(path)) for _list in range(20)]
    read_once = [next(one) for one in begun]

    assert (20, before) == (len(read_once), len(list(OPEN_FILES.iterdir())))


def test_two_rows_of_one_moment_that_differ_in_their_amount_are_two(tmp_path: Path) -> None:
    """Interest on two loans of one coin: the list has no id."""
    account = account_of_a_week()
    row = {"interest": "0.3", "interestRate": "0.00001", "liab": "97", "ccy": "USDT", "instId": "", "mgnMode": "cross"}
    rows = [
        {**row, "type": "2", "ts": str(int(NOW.timestamp() * 1000) - 60_000), "liab": liab} for liab in ("97", "98")
    ]
    made = archived(account.with_rows("account/interest-accrued", rows), tmp_path, beside="loan-interest")
    found = [one for one in rows_of(made.folder, "products.csv") if one["kind"] == "loan interest"]

    assert ["97", "98"] == sorted(one["other_amount"] for one in found)
