"""Coinbase: the account and rights of a key: view, trade, transfer.

A key belongs to one portfolio.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import Row, flag, text
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row

RIGHTS = ("can_view", "can_trade", "can_transfer")


def _identify(row: Row) -> Identity:
    rights = tuple(name for name in RIGHTS if row.flag(name))
    key = Key(rights=rights, readonly=rights == ("can_view",), ip_bound=None)
    return identity(row.text("portfolio_uuid"), key, kind="")


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
        fields=(*map(flag, RIGHTS), text("portfolio_uuid")),
        read=_identify,
    )
)
