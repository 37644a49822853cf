"""Kraken: whose a key is and what it may do.

GetApiKeyInfo needs no right itself. Reading rights begin with ``query-``; exporting reads as well.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import Row, texts
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row


def _identify(row: Row) -> Identity:
    rights = row.texts("permissions")
    reads = all(right.startswith("query-") or right == "export-data" for right in rights)
    part = any(row.hint(name) not in {"", "0"} for name in ("queryFrom", "queryTo"))
    doubt = _("This key sees only a part of the account's history: create one without a query period.")
    key = Key(rights=rights, readonly=reads, ip_bound=bool(row.texts("ipAllowlist")))
    return identity(row.hint("iban"), key, doubts=(doubt,) if part else ())


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=Endpoint(
            method="POST",
            path="GetApiKeyInfo",
            site=Site("private", "/0/private/"),
            limit=Limit(1, 1),
            rows=object_row,
            source="Kraken REST API, Account data, Get API Key Info",
        ),
        fields=(texts("permissions"), texts("ipAllowlist")),
        read=_identify,
    )
)
