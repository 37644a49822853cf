"""Coinbase: the account and rights of a key: view, trade, transfer, and receive since 2026.

A key belongs to one portfolio. Whatever else the answer grants counts as more than reading.
"""

from datetime import datetime

from auditor.exchanges.coinbase.sources import DOC, GATEWAY, GATEWAY_DOC, PRIVATE, PUBLIC, V3, V3_PUBLIC
from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import extra_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import MalformedError, text, time
from auditor.spec.identity import Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row
from auditor.spec.spelling import respelled

RIGHTS = ("can_view", "can_trade", "can_transfer")
FACTS = frozenset({"portfolio_uuid", "portfolio_type"})


def _identify(row: Row) -> Identity:
    """Return the identity of the key; each right that is documented must be stated."""
    raw = respelled(row.raw, RIGHTS)
    for name in RIGHTS:
        if not isinstance(raw, dict) or raw.get(name) in {None, ""}:
            raise MalformedError(_("{name} is missing").format(name=name))
    rights = extra_rights(raw if isinstance(raw, dict) else {}, FACTS)
    return identity(row.text("portfolio_uuid"), Key(rights=rights, readonly=rights == ("can_view",), ip_bound=None))


KEY = Endpoint(
    path="brokerage/key_permissions",
    site=V3,
    limit=PRIVATE,
    rows=object_row,
    source=f"{DOC}, Get API Key Permissions",
)
IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEY, fields=(text("portfolio_uuid"),), read=_identify)
)


def server_time(row: Row) -> datetime:
    """Return Coinbase's server time."""
    moment = row.time("epochMillis")
    if moment is None:
        raise MalformedError(_("{name} is blank").format(name="epochMillis"))
    return moment


CLOCK: Lookup[datetime] = Lookup(
    id="clock",
    title="Server time",
    endpoint=Endpoint(
        path="brokerage/time",
        site=V3_PUBLIC,
        limit=PUBLIC,
        rows=object_row,
        source=f"{DOC}, Get Server Time",
    ),
    fields=(time("epochMillis"),),
    read=server_time,
)

DERIVATIVES = "derivatives"


def outage(row: Row) -> Outage | None:
    """Return an outage of the derivatives platform, unless nothing of it is locked.

    ``locked`` is a truth value, or a word in an older version of the page: true, partial, false. Raises MalformedError
    for an answer without it.
    """
    if "locked" not in row.raw:
        raise MalformedError(_("{name} is missing").format(name="locked"))
    if str(row.raw.get("locked")).lower() == "false":
        return None
    coins = row.raw.get("locked_currencies")
    return Outage(DERIVATIVES, ", ".join(map(str, coins)) if isinstance(coins, list) else "")


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="Maintenance of the derivatives platform",
    endpoint=Endpoint(
        path="public/status",
        rpc="public/status",
        section="public",
        method="POST",
        site=GATEWAY,
        limit=Limit(1, 1, shared=True),
        rows=object_row,
        source=f"{GATEWAY_DOC}, public/status",
    ),
    read=outage,
)
