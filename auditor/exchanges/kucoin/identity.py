"""KuCoin: the account and rights of a key.

Only ``General`` is read-only; every other right can also act.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import Row, flag, text
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row


def _identify(row: Row) -> Identity:
    rights = tuple(right.strip() for right in row.text("permission").split(","))
    key = Key(rights=rights, readonly=rights == ("General",), ip_bound=bool(row.hint("ipWhitelist")))
    return identity(row.text("uid"), key, kind="main" if row.flag("isMaster") else "sub")


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=Endpoint(
            path="user/api-key",
            site=Site("private", "/api/v1/"),
            limit=Limit(1, 1),
            rows=object_row,
            source="KuCoin REST API, Account & Funding, Get Apikey Info",
        ),
        fields=(text("uid"), text("permission"), flag("isMaster")),
        read=_identify,
    )
)
