"""KuCoin: the account and rights of a key.

Only ``General`` is read-only; every other right can also act.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import all_in, extra_rights, flag_value, is_bound, moment, named_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, text
from auditor.spec.identity import Identification, Identity, Lookup
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled

FACTS = frozenset(
    {"remark", "apiKey", "apiVersion", "permission", "ipWhitelist", "createdAt", "uid", "isMaster", "subName"}
    | {"region", "kycStatus", "siteType", "expiredAt", "thirdPartyApp", "parentUid"}
)


def _identify(row: Row) -> Identity:
    rights = (*named_rights(spelled(row.raw, "permission")), *extra_rights(row.raw, FACTS))
    is_main = flag_value(spelled(row.raw, "isMaster"))
    if is_main is None:
        raise MalformedError(_("{name} is missing").format(name="isMaster"))
    key = Key(
        rights=rights,
        readonly=all_in(rights, {"General"}),
        ip_bound=is_bound(spelled(row.raw, "ipWhitelist")),
        expires_at=moment(spelled(row.raw, "expiredAt")),
    )
    return identity(row.text("uid"), key, kind="main" if is_main else "sub")


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
        fields=(text("uid"),),
        read=_identify,
    )
)
