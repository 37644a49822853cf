"""Files that the owner of a demo account would download from OKX's site: quarters of its ledger, and exports.

A quarter: https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-since-2021, a CSV in a zip, newest
first. Exports of the site (Order Center) name uid and zone above their columns; those of the Trading account have
amounts of eight digits.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_DOWN, Decimal

from auditor.demo.model import Account, Row
from auditor.demo.okx.story import FUNDING, TRADING

QUARTER_COLUMNS = (
    *("instType", "billId", "subType", "ts", "balChg", "posBalChg", "bal", "posBal", "sz", "px", "ccy", "pnl", "fee"),
    *("mgnMode", "instId", "ordId", "execType", "interest", "tag", "fillTime", "tradeId", "clOrdId", "fillIdxPx"),
    *("fillMarkPx", "fillPxVol", "fillPxUsd", "fillMarkVol", "fillFwdPx"),
)
TRADING_COLUMNS = (
    *("id", "Order id", "Time", "Trade Type", "Symbol", "Action", "Amount", "Trading Unit", "Filled Price", "PnL"),
    *("Fee", "Fee Unit", "Position Change", "Position Balance", "Balance Change", "Balance", "Balance Unit"),
)
FUNDING_COLUMNS = ("id", "Time", "Type", "Amount", "Before Balance", "After Balance", "Symbol")
WORDS = {"1": "Deposit", "2": "Withdrawal", "130": "From unified trading account", "131": "To unified trading account"}
ACTIONS = {"11": "Transfer in", "12": "Transfer out", "1": "Buy", "2": "Sell"}
_KINDS = {"1": "Transfer", "2": "Spot"}
EIGHT_DIGITS = Decimal("1E-8")


def quarter_files(account: Account, now: float) -> dict[str, bytes]:
    """Return the zip of each quarter that is over at a time (Unix seconds), by the file's name."""
    quarters: dict[str, list[Row]] = {}
    for row in account.rows(TRADING):
        quarters.setdefault(_quarter(int(row["ts"])), []).append(row)
    quarters.pop(_quarter(int(now * 1000)), None)
    return {f"okx-{name}.zip": zipped(f"{name}.csv", quarter_csv(rows)) for name, rows in quarters.items()}


def quarter_csv(rows: Sequence[Row]) -> str:
    """Return the table of one quarter."""
    cells = ([row.get(name, "") for name in QUARTER_COLUMNS] for row in reversed(rows))
    return _csv([QUARTER_COLUMNS, *cells])


def trading_export(rows: Sequence[Row], uid: str, hours: int = 0) -> str:
    """Return the site's export of rows of the Trading ledger, in a zone so many hours east of UTC."""
    heading = (f"UID:{uid}", "Account Type:Main", f"Time Zone:UTC{hours:+d}")
    return "\ufeff" + _csv([heading, TRADING_COLUMNS, *(_trading_cells(row, hours) for row in reversed(rows))])


def funding_export(rows: Sequence[Row], uid: str, hours: int = 0) -> str:
    """Return the site's export of rows of the Funding ledger, in a zone so many hours east of UTC."""
    heading = (f"UID:{uid}", "Account Type:Main", f"Time Zone:UTC{hours:+d}")
    return "\ufeff" + _csv([heading, FUNDING_COLUMNS, *(_funding_cells(row, hours) for row in reversed(rows))])


def account_files(account: Account, now: float) -> dict[str, bytes]:
    """Return the quarters of an account, and the export of its Funding account, by the files' names."""
    funding = funding_export(account.rows(FUNDING), account.uid)
    return {**quarter_files(account, now), "OKX Funding History.csv": funding.encode()}


def zipped(name: str, text: str) -> bytes:
    """Return a zip with one file in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _trading_cells(row: Row, hours: int) -> Iterator[str]:
    kind = _KINDS.get(row["type"], "Swap")
    figures = (row.get("sz") or "0", "cont", row.get("px") or "0", row["pnl"], row["fee"], row["ccy"], "0", "0")
    yield from (row["billId"], row["ordId"], _time(row, hours), kind, row["instId"])
    yield ACTIONS.get(row["subType"], f"Subtype {row['subType']}")
    yield from figures
    yield from (_eight(row["balChg"]), _eight(row["bal"]), row["ccy"])


def _funding_cells(row: Row, hours: int) -> Iterator[str]:
    after, change = Decimal(row["bal"]), Decimal(row["balChg"])
    yield from (row["billId"], _time(row, hours), WORDS.get(row["type"], f"Type {row['type']}"), row["balChg"])
    yield from (format(after - change, "f"), row["bal"], row["ccy"])


def _eight(amount: str) -> str:
    return format(Decimal(amount).quantize(EIGHT_DIGITS, rounding=ROUND_DOWN), "f")


def _time(row: Row, hours: int) -> str:
    moment = datetime.fromtimestamp(int(row["ts"]) // 1000, UTC).astimezone(timezone(timedelta(hours=hours)))
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _quarter(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment.year}-Q{(moment.month + 2) // 3}"


def _csv(rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()
