"""A report as plain JSON values, in the keys and order of the contract (`json_document`).

By hand: the document is laid out otherwise than the model, and holds sentences in the language of its reader.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, cast

from auditor.formats import json_document as contract
from auditor.formats import json_plan
from auditor.formats.escape import amount, iso_time
from auditor.i18n import Message, Translator
from auditor.model.amounts import plain
from auditor.model.report import AccountReport, DustLine, Finding, Report, Requirement
from auditor.model.snapshot import AccountSnapshot, Doubt, Key, NotApplicable, Read, Reading, Unread, time_read
from auditor.plan import Item, Plan, Step, Wait, make_plan
from auditor.plan.forfeits import Forfeit

SCHEMA: Final = "auditor.report/1"
STATUS: Mapping[type, contract.ReadStatus] = {Read: "read", Unread: "unread", NotApplicable: "not_applicable"}
DUST_COLUMNS = DustLine.__slots__

Json = dict[str, object]


def document(report: Report, translate: Translator) -> contract.Document:
    """Turn a report into the values of its JSON, in which all times are in UTC."""
    tool, translate = report.tool, translate.in_utc()
    return {
        "schema": SCHEMA,
        "generated_at": cast("str", iso_time(report.generated_at)),
        "confirmed_at": iso_time(report.confirmed_at),
        "window_seconds": report.window,
        "tool": {"version": tool.version, "ccxt": tool.ccxt, "config_sha256": tool.config_sha256},
        "verdict": report.verdict,
        "accounts": [_account(account) for account in report.accounts],
        "requirements": [_requirement(requirement, translate) for requirement in report.requirements],
        "findings": [_finding(finding, translate) for finding in report.findings],
        "coverage": [
            _coverage(account.snapshot, reading, translate)
            for account in report.accounts
            for reading in account.snapshot.readings
        ],
        "dust": [dust_row(line, translate) for line in report.dust],
        "plan": plan_values(make_plan(report), report.findings, translate),
    }


def dust_row(line: DustLine, translate: Translator) -> contract.Dust:
    """Turn one line of dust into the values of its columns, in the contract's order."""
    return cast("contract.Dust", {column: _value(getattr(line, column), translate) for column in DUST_COLUMNS})


def plan_values(plan: Plan, findings: Sequence[Finding], translate: Translator) -> json_plan.Plan:
    """Turn a plan into values; its findings are named by their place in ``findings``, counted from 0."""
    places = {id(finding): index for index, finding in enumerate(findings)}
    return {
        "earliest_clean": iso_time(plan.earliest_clean),
        "earliest": iso_time(plan.earliest),
        "undated": plan.undated,
        "steps": [_step(step, places, translate) for step in plan.steps],
        "waits": [_wait(wait, places, translate) for wait in plan.waits],
        "forfeits": [_forfeit(line) for line in plan.forfeits],
    }


def _step(step: Step, places: Mapping[int, int], translate: Translator) -> json_plan.Step:
    return {
        "id": step.id,
        "number": step.number,
        "kind": step.kind,
        "exchange": step.exchange,
        "title": translate(step.title),
        "where": translate(step.where),
        "why": translate(step.why),
        "source": translate(step.source),
        "after": list(step.after),
        "findings": [places[id(finding)] for finding in step.findings],
        "todo": [translate(line) for line in step.todo],
        "count": step.count,
        "value_usd": amount(step.value_usd),
        "unpriced": step.unpriced,
        "items": [_item(item, places, translate) for item in step.items],
        "ready_at": iso_time(step.ready_at),
    }


def _item(item: Item, places: Mapping[int, int], translate: Translator) -> json_plan.Item:
    return {
        "number": item.number,
        "account": item.account,
        "text": translate(item.text),
        "how": translate(item.how),
        "findings": [places[id(finding)] for finding in item.findings],
        "count": item.count,
        "value_usd": amount(item.value_usd),
        "unpriced": item.unpriced,
        "done": item.done,
        "done_on": None if item.done_on is None else item.done_on.isoformat(),
    }


def _wait(wait: Wait, places: Mapping[int, int], translate: Translator) -> json_plan.Wait:
    return {"finding": places[id(wait.finding)], "until": iso_time(wait.until), "label": translate(wait.label)}


def _forfeit(line: Forfeit) -> json_plan.Forfeit:
    return {
        "area": line.area,
        "asset": line.asset,
        "amount": plain(line.amount),
        "value_usd": amount(line.value_usd),
        "unstated": line.unstated,
    }


def _account(account: AccountReport) -> contract.Account:
    snapshot = account.snapshot
    row: contract.Account = {
        "name": snapshot.name,
        "exchange": snapshot.exchange,
        "environment": snapshot.environment,
        "host": snapshot.host,
        "uid": snapshot.uid,
        "kind": cast("contract.AccountKind | None", snapshot.kind),
        "verdict": account.verdict,
        "key": _key(snapshot.key),
    }
    if snapshot.certificates is not None:
        row["certificates"] = snapshot.certificates
    return row


def _key(key: Key | None) -> contract.Key | None:
    return None if key is None else {"rights": list(key.rights), "readonly": key.readonly, "ip_bound": key.ip_bound}


def _requirement(requirement: Requirement, translate: Translator) -> contract.Requirement:
    return {
        "id": requirement.id,
        "exchange": requirement.exchange,
        "title": translate(requirement.title),
        "status": requirement.status,
        "source": translate(requirement.source),
        "as_of": requirement.as_of,
        "official": requirement.official,
    }


def _finding(finding: Finding, translate: Translator) -> contract.Finding:
    owner = {} if finding.owner is None else {"owner": finding.owner}
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "account": finding.account,
        "area": finding.area,
        "wallet": finding.wallet,
        "asset": finding.asset,
        "subject": finding.subject,
        "amount": amount(finding.amount),
        "value_usd": amount(finding.value_usd),
        "message": translate(finding.message),
        "remedy": translate(finding.remedy),
        "ready_at": iso_time(finding.ready_at),
        "market": finding.market,
        "side": finding.side,
        "since": iso_time(finding.since),
        "also_seen_in": [translate(place) for place in finding.also_seen_in],
        "muted": finding.muted,
        "evidence": {**_object(finding.evidence, translate), **owner},
    }


def _coverage(account: AccountSnapshot, reading: Reading, translate: Translator) -> contract.Coverage:
    result = reading.result
    return {
        "account": account.name,
        # A main key reads the same surface of several sub-accounts: the pair (account, surface) stays unique.
        "surface": reading.surface if reading.owner is None else f"{reading.surface}/{reading.owner}",
        "area": reading.area,
        "standing": reading.standing,
        "endpoint": reading.endpoint,
        "status": STATUS[type(result)],
        "rows": None if isinstance(result, NotApplicable) or result.at is None else result.rows,
        "fetched_at": iso_time(time_read(result)),
        "reason": None if isinstance(result, Read) else translate(result.reason),
        "code": None if isinstance(result, Read) else result.code,
        "doubts": [_doubt(doubt, translate) for doubt in _doubts(result)],
    }


def _doubts(result: Read | Unread | NotApplicable) -> tuple[Doubt, ...]:
    return result.doubts if isinstance(result, Unread) else ()


def _doubt(doubt: Doubt, translate: Translator) -> contract.Doubt:
    return {"reason": translate(doubt.reason), "code": doubt.code}


def _object(mapping: Mapping[str, object], translate: Translator) -> Json:
    return {str(key): _value(value, translate) for key, value in mapping.items()}


def _value(value: object, translate: Translator) -> object:
    """Any value as one that JSON has. Numbers beside whole ones become the digits they were written in."""
    match value:
        case None | bool() | int():
            return value
        case Decimal():
            return amount(value)
        case datetime():
            return iso_time(value)
        case Mapping():
            return _object(value, translate)
        case list() | tuple():
            return [_value(item, translate) for item in value]
        case _:
            return translate(value if isinstance(value, Message) else str(value))
