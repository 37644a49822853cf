"""Kraken: the account and rights of a key.

GetApiKeyInfo needs no right itself. The read-only rights are those that begin with ``query-``, and ``export-data``.
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
    is_readonly = all(right.startswith("query-") or right == "export-data" for right in rights)
    has_period = any(row.hint(name) not in {"", "0"} for name in ("queryFrom", "queryTo"))
    doubt = _("This key sees only a part of the account's history: create one without a query period.")
    key = Key(rights=rights, readonly=is_readonly, ip_bound=bool(row.texts("ipAllowlist")))
    return identity(row.hint("iban"), key, doubts=(doubt,) if has_period else ())


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
