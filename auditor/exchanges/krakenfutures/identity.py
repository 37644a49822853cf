"""Kraken Futures: the account and rights of a key, and announced maintenance.

A right has a level: NO_ACCESS, READ_ONLY or FULL_ACCESS. One that is not known counts as more than reading.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from auditor.exchanges.krakenfutures.rights import READ
from auditor.exchanges.krakenfutures.sources import AUTH, DOC, derivatives, trading
from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import extra_rights, is_bound, moment
from auditor.i18n import _
from auditor.model.clock import now
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import MalformedError, text
from auditor.spec.identity import Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in

NO_ACCESS = "NO_ACCESS"
READS = frozenset({"general READ_ONLY", "transfer READ_ONLY"})
# Each key has both.
LEVELS = frozenset({"general", "transfer"})
FACTS = frozenset(
    {"apiKey", "accountUid", "iiban", "createdAt", "permissions", "allowedCidrBlock", "allowedCidrBlocks"}
    | {"result", "serverTime"}
)
# A notice says when a maintenance begins, not when it ends.
LASTS = timedelta(hours=2)


def read_identity(row: Row) -> Identity:
    """Return the account and rights of the key. Raises MalformedError where a right is not named."""
    levels = row.raw.get("permissions")
    if not isinstance(levels, dict) or not levels:
        raise MalformedError(_("the key's rights are not named"))
    named = tuple(f"{name} {level}" for name, level in sorted(levels.items()) if level != NO_ACCESS)
    rights = (*named, *extra_rights(row.raw, FACTS))
    is_reading = READS.issuperset(rights)
    if is_reading and not levels.keys() >= LEVELS:
        raise MalformedError(_("the key's rights are not named"))
    key = Key(rights=rights, readonly=is_reading, ip_bound=_is_bound(row.raw))
    return identity(row.text("accountUid"), key, client=row.hint("iiban"))


def _is_bound(raw: Mapping[str, object]) -> bool:
    blocks = raw.get("allowedCidrBlocks")
    listed = [*(blocks if isinstance(blocks, list) else []), raw.get("allowedCidrBlock")]
    return is_bound(listed)


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=Endpoint(
            path="api-keys/v3/check",
            site=AUTH,
            limit=derivatives(1),
            rows=object_row,
            source=f"{DOC}, Check v3 API key",
        ),
        fields=(text("accountUid"),),
        read=read_identity,
    )
)
# No signature has a time.
CLOCK: Lookup[datetime] = Lookup(id="clock", title="Server time", endpoint=None)


def read_outage(row: Row) -> Outage | None:
    """Return a maintenance that began a short while ago, or is still to come."""
    begins = moment(row.raw.get("effectiveTime"))
    if row.text("type") != "maintenance" or (begins is not None and begins + LASTS < now()):
        return None
    return Outage(None, row.hint("note"), starts_at=begins)


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=trading("notifications", "Get notifications", rows=rows_in("notifications")),
    fields=(text("type"),),
    read=read_outage,
    right=READ,
)
