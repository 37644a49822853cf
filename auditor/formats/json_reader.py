"""A report from its JSON: as much of it as the JSON holds.

`json_document` checks the values; they are put into the model by hand, which is laid out otherwise.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from auditor.formats import json_document as contract
from auditor.formats.report_integrity import verify
from auditor.i18n import _, verbatim
from auditor.model.errors import UserError
from auditor.model.report import AccountReport, DustLine, Finding, Report, Requirement, Tool, Verdict
from auditor.model.snapshot import AccountSnapshot, Doubt, Key, NotApplicable, Read, Reading, Trouble, Unread

LARGEST = 256 * 1024 * 1024
"""Bytes of a report."""
DEEPEST = 64
"""Lists and objects within each other."""
LONGEST = 130
"""Digits before or behind the point; the program's exact sums hold 264."""
_AMOUNTS = frozenset(
    ["amount", "value_usd", "min_amount", "min_notional", "lot_size", "shortfall", "min_withdrawal", "withdrawal_fee"]
)


def read_report(file: Path) -> Report:
    """Read a JSON report. Raises UserError for what is none, or contradicts itself.

    A report that was changed after it was written says so, and is never better than incomplete.
    """
    try:
        data = _read(file)
        values = load_bounded(data)
        report = parse(values)
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=file, why=error.strerror)) from None
    except (ValueError, RecursionError):
        raise UserError(_("{path} is not a report from this program.").format(path=file)) from None
    try:
        return verify(report, data, values.get("digest"))
    except ValueError:
        text = _("{path} contradicts itself: its verdict does not follow from what it lists. Run the audit again.")
        raise UserError(text.format(path=file)) from None


def load_bounded(data: bytes) -> Any:
    """Decode JSON of bounded depth and figures. Raises ValueError, or RecursionError.

    The program writes neither deep nor huge values; each could occupy a reader for very long.
    """
    values = json.loads(
        data.decode("utf-8-sig"), parse_float=_figure, parse_int=lambda text: int(_figure(text)), parse_constant=_refuse
    )
    level = [values]
    for _depth in range(DEEPEST):
        level = [item for value in level for item in _items(value)]
        if not level:
            return values
    raise ValueError(DEEPEST)


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(LARGEST)
    return data


def _figure(text: str) -> Decimal:
    """Read a number. Raises ValueError for one of which nobody could write all digits."""
    with suppress(ArithmeticError):
        figure = Decimal(text)
        if len(text) <= LONGEST and abs(figure.adjusted()) <= LONGEST:
            return figure
    raise ValueError(LONGEST)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _items(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _amount(text: str) -> Decimal:
    """Read an amount. Raises ValueError for one that no sum of a report could hold exactly."""
    whole, _point, fraction = text.partition(".")
    if max(len(whole), len(fraction)) > LONGEST:
        raise ValueError(LONGEST)
    return Decimal(text)


def parse(data: object) -> Report:
    """Build the report. Raises ValueError for what the contract refuses, but for the plan, which is made again."""
    values = contract.readable().validate_python(data)
    return Report(
        generated_at=_time(values["generated_at"]),
        confirmed_at=_maybe(_time, values["confirmed_at"]),
        window=values.get("window_seconds"),
        tool=Tool(**values["tool"]),
        verdict=values["verdict"],
        accounts=tuple(_account(row, values["coverage"]) for row in values["accounts"]),
        requirements=tuple(map(_requirement, values["requirements"])),
        findings=tuple(map(_finding, values["findings"])),
        dust=tuple(map(_dust, values["dust"])),
    )


def _account(row: contract.Account, coverage: list[contract.Coverage]) -> AccountReport:
    snapshot = AccountSnapshot(
        name=row["name"],
        exchange=row["exchange"],
        environment=row["environment"],
        host=row["host"],
        uid=row["uid"],
        main_uid=None,
        kind=row["kind"],
        mode=None,
        key=_maybe(_key, row["key"]),
        readings=tuple(_reading(each) for each in coverage if each["account"] == row["name"]),
        refused=_("The key may do more than read.") if row["verdict"] is Verdict.REFUSED else None,
        certificates=row.get("certificates"),
    )
    return AccountReport(snapshot=snapshot, verdict=row["verdict"])


def _key(row: contract.Key) -> Key:
    return Key(rights=tuple(row["rights"]), readonly=row["readonly"], ip_bound=row["ip_bound"])


def _reading(row: contract.Coverage) -> Reading:
    return Reading(
        surface=row["surface"],
        area=row["area"],
        title=row["surface"],
        standing=row["standing"],
        endpoint=row["endpoint"],
        result=_result(row),
    )


def _result(row: contract.Coverage) -> Read | Unread | NotApplicable:
    match row:
        case {"status": "read", "rows": int(rows), "fetched_at": str(at)}:
            return Read(records=(), rows=rows, at=_time(at))
        case {"status": "unread", "reason": str(reason)}:
            # A place that no request of this key reaches stands without one.
            trouble = Trouble.SKIPPED if row["endpoint"] else Trouble.UNSEEN
            doubts = tuple(
                Doubt(reason=verbatim(doubt["reason"]), trouble=trouble, code=doubt["code"])
                for doubt in row.get("doubts", ())
            )
            read_at = None if row["fetched_at"] is None else _time(row["fetched_at"])
            return Unread(
                reason=verbatim(reason),
                trouble=trouble,
                code=row["code"],
                rows=row["rows"] or 0,
                at=read_at,
                doubts=doubts,
            )
        case {"status": "not_applicable", "reason": str(reason)}:
            return NotApplicable(reason=verbatim(reason), source="", code=row["code"])
    raise ValueError(row["status"])


def _requirement(row: contract.Requirement) -> Requirement:
    return Requirement(
        id=row["id"],
        exchange=row["exchange"],
        title=verbatim(row["title"]),
        status=row["status"],
        source=verbatim(row["source"]),
        as_of=row["as_of"],
        official=row.get("official", False),
    )


def _finding(row: contract.Finding) -> Finding:
    evidence = dict(row["evidence"])
    owner = evidence.pop("owner", None)
    return Finding(
        rule=row["rule"],
        severity=row["severity"],
        account=row["account"],
        area=row["area"],
        surface=str(evidence.get("surface", row["rule"])),
        subject=row["subject"],
        message=verbatim(row["message"]),
        remedy=verbatim(row["remedy"]),
        owner=owner,
        wallet=row["wallet"],
        asset=row["asset"],
        amount=_maybe(_amount, row["amount"]),
        value_usd=_maybe(_amount, row["value_usd"]),
        ready_at=_maybe(_time, row["ready_at"]),
        market=row.get("market"),
        side=row.get("side"),
        since=_maybe(_time, row.get("since")),
        also_seen_in=tuple(verbatim(place) for place in row.get("also_seen_in", ())),
        muted=row["muted"],
        evidence=evidence,
    )


def _dust(row: contract.Dust) -> DustLine:
    values: dict[str, Any] = {
        name: _maybe(_amount, value) if name in _AMOUNTS else value for name, value in row.items()
    }
    return DustLine(**{**values, "reason": verbatim(row["reason"]), "as_of": _time(row["as_of"])})


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(read: Any, value: Any) -> Any:
    return None if value is None else read(value)
