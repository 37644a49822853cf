"""A report from its JSON: as much of it as the JSON holds."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from auditor.formats.json_writer import SCHEMA
from auditor.i18n import _, verbatim
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import (
    AccountReport,
    DustKind,
    DustLine,
    Finding,
    Report,
    Requirement,
    Route,
    Severity,
    Status,
    Tool,
    Verdict,
)
from auditor.model.snapshot import (
    AccountSnapshot,
    Environment,
    Key,
    NotApplicable,
    Read,
    Reading,
    Standing,
    Trouble,
    Unread,
)

Row = Mapping[str, Any]
_AMOUNTS = frozenset(
    ["amount", "value_usd", "min_amount", "min_notional", "lot_size", "shortfall", "min_withdrawal", "withdrawal_fee"]
)


def read_report(file: Path) -> Report:
    """Read a JSON report. Raises UserError for what is none."""
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
        return parse(data)
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=file, why=error.strerror)) from None
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation):
        raise UserError(_("{path} is no JSON report of this program.").format(path=file)) from None


def parse(data: Row) -> Report:
    """Build the report. Raises KeyError, ValueError and the like for what is missing or malformed."""
    if data["schema"] != SCHEMA:
        raise ValueError(data["schema"])
    return Report(
        generated_at=_time(data["generated_at"]),
        confirmed_at=_maybe(_time, data["confirmed_at"]),
        window=_maybe(float, data.get("window_seconds")),
        tool=Tool(**{field.name: data["tool"][field.name] for field in fields(Tool)}),
        verdict=Verdict(data["verdict"]),
        accounts=tuple(_account(row, data["coverage"]) for row in data["accounts"]),
        requirements=tuple(map(_requirement, data["requirements"])),
        findings=tuple(map(_finding, data["findings"])),
        dust=tuple(map(_dust, data["dust"])),
    )


def _account(row: Row, coverage: list[Row]) -> AccountReport:
    verdict = Verdict(row["verdict"])
    snapshot = AccountSnapshot(
        name=row["name"],
        exchange=row["exchange"],
        environment=Environment(row["environment"]),
        host=row["host"],
        uid=row["uid"],
        main_uid=None,
        kind=row["kind"],
        mode=None,
        key=_maybe(_key, row["key"]),
        readings=tuple(_reading(each) for each in coverage if each["account"] == row["name"]),
        refused=_("The key may do more than read.") if verdict is Verdict.REFUSED else None,
    )
    return AccountReport(snapshot=snapshot, verdict=verdict)


def _key(row: Row) -> Key:
    return Key(rights=tuple(row["rights"]), readonly=row["readonly"], ip_bound=row["ip_bound"])


def _reading(row: Row) -> Reading:
    return Reading(
        surface=row["surface"],
        area=Area(row["area"]),
        title=row["surface"],
        standing=Standing(row["standing"]),
        endpoint=row["endpoint"],
        result=_result(row),
    )


def _result(row: Row) -> Read | Unread | NotApplicable:
    match row["status"]:
        case "read":
            return Read(records=(), rows=row["rows"], at=_time(row["fetched_at"]))
        case "unread":
            # A place that no request of this key reaches stands without one.
            trouble = Trouble.SKIPPED if row["endpoint"] else Trouble.UNSEEN
            return Unread(reason=verbatim(row["reason"]), trouble=trouble, code=row["code"])
        case "not_applicable":
            return NotApplicable(reason=verbatim(row["reason"]), source="", code=row["code"])
    raise ValueError(row["status"])


def _requirement(row: Row) -> Requirement:
    return Requirement(
        id=row["id"],
        exchange=row["exchange"],
        title=verbatim(row["title"]),
        status=Status(row["status"]),
        source=verbatim(row["source"]),
        as_of=row["as_of"],
        official=bool(row.get("official", False)),
    )


def _finding(row: Row) -> Finding:
    evidence = dict(row["evidence"])
    owner = evidence.pop("owner", None)
    return Finding(
        rule=row["rule"],
        severity=Severity(row["severity"]),
        account=row["account"],
        area=Area(row["area"]),
        surface=str(evidence.get("surface", row["rule"])),
        subject=row["subject"],
        message=verbatim(row["message"]),
        remedy=verbatim(row["remedy"]),
        owner=owner,
        wallet=row["wallet"],
        asset=row["asset"],
        amount=_maybe(Decimal, row["amount"]),
        value_usd=_maybe(Decimal, row["value_usd"]),
        ready_at=_maybe(_time, row["ready_at"]),
        muted=row["muted"],
        evidence=evidence,
    )


def _dust(row: Row) -> DustLine:
    values = {name: _maybe(Decimal, value) if name in _AMOUNTS else value for name, value in row.items()}
    more = {
        "kind": DustKind(row["kind"]),
        "route": Route(row["route"]),
        "reason": verbatim(row["reason"]),
        "as_of": _time(row["as_of"]),
    }
    return DustLine(**{**values, **more})


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(read: Any, value: Any) -> Any:
    return None if value is None else read(value)
