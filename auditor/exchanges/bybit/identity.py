"""Bybit: the account and rights of a key.

With ``readOnly`` 1 its permissions are what it may read.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, text, texts
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row


def _identify(row: Row) -> Identity:
    is_main = row.raw.get("isMaster") is not False
    key = Key(
        rights=_rights(row.raw.get("permissions")),
        readonly=row.text("readOnly") == "1",
        ip_bound=set(row.texts("ips")) not in ({"*"}, set()),
    )
    main = "" if is_main else row.hint("parentUid")
    return identity(row.text("userID"), key, main=main, kind="main" if is_main else "sub")


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
        fields=(text("userID"), text("readOnly"), texts("ips")),
        read=_identify,
    )
)
