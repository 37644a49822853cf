"""Coinbase: the account and rights of a key: view, trade, transfer, and receive since 2026.

A key belongs to one portfolio. Whatever else the answer grants counts as more than reading.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import extra_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, text
from auditor.spec.identity import Identification, Identity, Lookup
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
    return identity(
        row.text("portfolio_uuid"), Key(rights=rights, readonly=rights == ("can_view",), ip_bound=None), kind=""
    )


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=Endpoint(
            path="brokerage/key_permissions",
            site=Site("v3.private", "/api/v3/"),
            limit=Limit(1, 1),
            rows=object_row,
            source="Coinbase Advanced Trade API, Get API Key Permissions",
        ),
        fields=(text("portfolio_uuid"),),
        read=_identify,
    )
)
