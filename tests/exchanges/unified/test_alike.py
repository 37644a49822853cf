"""Rows that are alike but for their id are things of their own, in findings, JSON, CSV and counts."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from auditor.demo import Call, Fault, Reply
from auditor.formats import as_csv, as_json
from auditor.model.report import Report
from tests.conftest import Audit as TableAudit
from tests.exchanges.unified.conftest import Audit

IDS = ("990001", "990002", "990003")


def kraken(body: Any) -> Any:
    row = next(iter(body["result"]["open"].values()))
    return {**body, "result": {"open": dict.fromkeys(IDS, row)}}


def gate(body: Any) -> Any:
    order = body[0]["orders"][0]
    return [{**body[0], "orders": [{**order, "id": name} for name in IDS]}]


def okx(body: Any) -> Any:
    return {**body, "data": [{**body["data"][0], "ordId": name} for name in IDS]}


def binance(body: Any) -> Any:
    return [{**body[0], "orderId": name} for name in IDS]


def alike(path: str, change: Callable[[Any], Any]) -> Fault:
    def fault(call: Call) -> Reply | None:
        return Reply(edit=change) if call.path == path else None

    return fault


def check(report: Report) -> None:
    """The three orders are three in the report, its JSON and its CSV."""
    found = [finding.subject for finding in report.findings if finding.subject in IDS]
    written = [f["subject"] for f in json.loads(as_json.render(report))["findings"] if f["subject"] in IDS]
    lines = [line["subject"] for line in csv.DictReader(io.StringIO(as_csv.render(report))) if line["subject"] in IDS]
    assert [[*IDS]] * 3 == [sorted(found), sorted(written), sorted(lines)]


def test_three_orders_that_are_alike_are_three_to_the_unified_reader(audit: Audit) -> None:
    check(audit("gate", "messy", fault=alike("/api/v4/spot/open_orders", gate)).report)


@pytest.mark.parametrize(
    ("name", "path", "change"),
    [
        ("messy", "trade/orders-pending", okx),
        ("binance-messy", "api/v3/openOrders", binance),
        ("kraken-messy", "/0/private/OpenOrders", kraken),
    ],
)
def test_three_orders_that_are_alike_are_three_to_a_table(
    name: str, path: str, change: Callable[[Any], Any], demo: TableAudit
) -> None:
    check(demo(name, fault=alike(path, change)).report)
