"""Kraken: the account and rights of a key.

GetApiKeyInfo needs no right itself. It comes in camelCase as documented and, as recorded, in snake_case. Any right that
is not among those that read (June 2026) counts as more than reading.
"""

from auditor.exchanges.shared.identities import TITLE, identity, period_doubts
from auditor.exchanges.shared.key_rights import all_in, extra_rights, is_bound, moment, named_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled

READ_RIGHTS = frozenset({"query-funds", "query-open-trades", "query-closed-trades", "query-ledger", "export-data"})
FACTS = frozenset(
    {"permissions", "apiKeyName", "apiKey", "nonce", "nonceWindow", "iban", "validUntil", "queryFrom", "queryTo"}
    | {"createdTime", "modifiedTime", "ipAllowlist", "lastUsed"}
)


def _identify(row: Row) -> Identity:
    rights = (*named_rights(spelled(row.raw, "permissions")), *extra_rights(row.raw, FACTS))
    addresses = spelled(row.raw, "ipAllowlist")
    # A key of an older kind has no such list: whether it is bound is not said.
    if addresses is not None and not isinstance(addresses, list):
        raise MalformedError(_("{name} is missing").format(name="ipAllowlist"))
    key = Key(
        rights=rights,
        readonly=all_in(rights, READ_RIGHTS),
        ip_bound=None if addresses is None else is_bound(addresses),
        expires_at=moment(spelled(row.raw, "validUntil")),
    )
    start, end = (moment(spelled(row.raw, name)) for name in ("queryFrom", "queryTo"))
    return identity(row.hint("iban"), key, doubts=period_doubts(start, end))


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
        read=_identify,
    )
)
