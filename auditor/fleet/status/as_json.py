"""Where a fleet stands, as JSON for programs: the schema grows by fields only."""

import json
from collections.abc import Mapping

from auditor.fleet.egresses import Egress
from auditor.fleet.status.model import AccountLine, Blockage, FleetStatus, Group, State
from auditor.formats.escape import break_commands_in_json, iso_time

SCHEMA = "auditor.fleet/1"
Json = Mapping[str, object]


def render(status: FleetStatus) -> str:
    """Return the document."""
    return break_commands_in_json(json.dumps(document(status), indent=1)) + "\n"


def document(status: FleetStatus) -> Json:
    """Return the values of the document, with all times in UTC."""
    return {
        "schema": SCHEMA,
        "at": iso_time(status.at),
        "verdict": status.total.verdict.value,
        "total": _group(status.total),
        "earliest": iso_time(status.total.ready_at),
        "running": status.running,
        "exchanges": {group.name: _group(group) for group in status.exchanges},
        "tags": {group.name: _group(group) for group in status.tags},
        "egresses": {group.name: _group(group) for group in status.egress_groups},
        "rules": [_blockage(one) for one in status.blockages],
        "stuck_after_seconds": int(status.stuck_after.total_seconds()),
        "stuck": [_line(line) for line in status.stuck],
        "unread": [_line(line) for line in status.unread],
        "late": [_line(line) for line in status.late],
        "refused": [_line(line) for line in status.refused],
        "returned": [_line(line) for line in status.returned],
        "workers": [_worker(status, egress) for egress in status.egresses],
    }


def _group(group: Group) -> Json:
    return {
        "accounts": group.accounts,
        **{state.value: group.count(state) for state in State},
        "blockers": group.blockers,
        "stuck": group.stuck,
        "late": group.late,
        "partial": group.partial,
        "returned": group.returned,
        "undated": group.undated,
        "ready_at": iso_time(group.ready_at),
        "unread_since": iso_time(group.unread_since),
    }


def _blockage(one: Blockage) -> Json:
    return {
        "rule": one.rule,
        "exchange": one.exchange,
        "severity": one.severity.value,
        "accounts": one.accounts,
        "findings": one.findings,
    }


def _line(line: AccountLine) -> Json:
    return {
        "name": line.name,
        "exchange": line.exchange,
        "egress": line.egress,
        "state": line.state.value,
        "blockers": line.blockers,
        "unread": line.unread,
        "since": iso_time(line.since),
        "rules": list(line.rules),
    }


def _worker(status: FleetStatus, egress: Egress) -> Json:
    return {
        "egress": egress.name,
        "host": egress.host,
        "process": egress.process,
        "started_at": iso_time(egress.started_at),
        "seen_at": iso_time(egress.seen_at),
        "ended_at": iso_time(egress.ended_at),
        "silent": status.is_silent(egress),
        "since": iso_time(egress.since),
        "passes": egress.passes,
        "limited": egress.limited,
    }
