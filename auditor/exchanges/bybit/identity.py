"""Bybit: the account and rights of a key.

With ``readOnly`` 1 its permissions are what it may read. Source: Bybit V5 API, Get API Key Information (2026).
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import extra_rights, flag_value, is_bound, moment
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, text
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled

FACTS = frozenset(
    {"id", "note", "apiKey", "readOnly", "secret", "permissions", "ips", "type", "deadlineDay", "expiredAt"}
    | {"createdAt", "unified", "uta", "userID", "userIDInt64", "inviterID", "vipLevel", "mktMakerLevel", "affiliateID"}
    | {"rsaPublicKey", "isMaster", "parentUid", "kycLevel", "kycRegion"}
)


def _identify(row: Row) -> Identity:
    is_main = flag_value(spelled(row.raw, "isMaster")) is not False
    extra = extra_rights(row.raw, FACTS)
    key = Key(
        rights=(*_rights(spelled(row.raw, "permissions")), *extra),
        readonly=row.text("readOnly") == "1" and not extra,
        ip_bound=_is_bound(spelled(row.raw, "ips")),
        expires_at=moment(spelled(row.raw, "expiredAt")),
    )
    parent = spelled(row.raw, "parentUid")
    main = "" if is_main or not isinstance(parent, str) else parent
    return identity(row.text("userID"), key, main=main, kind="main" if is_main else "sub")


def _is_bound(addresses: object) -> bool:
    if not isinstance(addresses, list):
        raise MalformedError(_("{name} is missing").format(name="ips"))
    return is_bound(addresses)


def _rights(boxes: object) -> tuple[str, ...]:
    if not isinstance(boxes, dict) or not all(isinstance(names, list) for names in boxes.values()):
        raise MalformedError(_("permissions are missing"))
    return tuple(f"{group}.{name}" for group, names in boxes.items() for name in names)


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=Endpoint(
            path="v5/user/query-api",
            site=Site("private", "/"),
            limit=Limit(1, 1),
            rows=object_row,
            source="Bybit V5 API, User, Get API Key Information",
        ),
        fields=(text("userID"), text("readOnly")),
        read=_identify,
    )
)
