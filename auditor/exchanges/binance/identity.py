"""Binance: the account and rights of a key, the server time, and maintenance."""

from datetime import datetime

from auditor.exchanges.binance.limits import API, PUBLIC, SAPI, api, sapi
from auditor.exchanges.binance.sources import DOC, SEEN
from auditor.exchanges.shared.key_rights import all_in, extra_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import MalformedError, flag, text, time
from auditor.spec.identity import Identification, Identity, Lookup, Outage, SubAccountLookup
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows, object_row

READ_RIGHTS = frozenset({"enableReading", "enableFixReadOnly"})
# Fields of the answer that are facts about the key, not rights.
KEY_FACTS = frozenset({"ipRestrict", "createTime", "tradingAuthorityExpirationTime"})
# Omit zero balances to keep the answer small.
ACCOUNT_QUERIES = (Query(params={"omitZeroBalances": "true"}),)


def key_rights(row: Row) -> Key:
    """Return the rights of the key.

    Any flag that is not false counts as a right, including one that is not documented yet.
    """
    granted = set(extra_rights(row.raw, KEY_FACTS))
    readonly = all_in(granted, READ_RIGHTS) and "enableReading" in granted
    return Key(rights=tuple(sorted(granted)), readonly=readonly, ip_bound=row.flag("ipRestrict"))


RIGHTS: Lookup[Key] = Lookup(
    id="key-rights",
    title="The key's rights",
    endpoint=Endpoint(
        path="account/apiRestrictions",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Wallet, Get API Key Permission",
    ),
    fields=(
        flag("ipRestrict"),
        flag("enableReading"),
        flag("enableWithdrawals"),
        flag("enableSpotAndMarginTrading"),
        flag("enableFutures"),
        flag("enableMargin"),
        flag("enableInternalTransfer"),
        flag("permitsUniversalTransfer"),
        flag("enableVanillaOptions"),
    ),
    read=key_rights,
)


SUB_ACCOUNT = SubAccountLookup(
    endpoint=Endpoint(
        path="sub-account/transfer/subUserHistory",
        site=SAPI,
        limit=sapi(1),
        queries=(Query(params={"limit": "1"}),),
        rows=list_rows,
        source=f"{DOC}, Sub-account, Sub-account Transfer History (For Sub-account); the code: {SEEN}",
    ),
    codes=frozenset({"-12022"}),
)


def identity(row: Row) -> Identity:
    """Return the account of the key.

    Other requests show whether it is a sub-account's, and its rights.
    """
    uid = row.text("uid")
    return Identity(uid=uid, main_uid=uid, kind="main", mode=None, key=Key(rights=(), readonly=False, ip_bound=None))


ACCOUNT: Lookup[Identity] = Lookup(
    id="account",
    title="Whose key it is",
    endpoint=Endpoint(
        path="account",
        site=API,
        limit=api(20),
        queries=ACCOUNT_QUERIES,
        rows=object_row,
        source=f"{DOC}, Spot, Account information",
    ),
    fields=(text("uid"),),
    read=identity,
)

IDENTIFICATION = Identification(account=ACCOUNT, rights=RIGHTS, sub_account=SUB_ACCOUNT)


def server_time(row: Row) -> datetime:
    """Return Binance's server time."""
    moment = row.time("serverTime")
    if moment is None:
        raise MalformedError(_("{name} is blank").format(name="serverTime"))
    return moment


CLOCK: Lookup[datetime] = Lookup(
    id="clock",
    title="Server time",
    endpoint=Endpoint(
        path="time",
        site=PUBLIC,
        limit=api(1),
        rows=object_row,
        source=f"{DOC}, Spot, Check server time",
    ),
    fields=(time("serverTime"),),
    read=server_time,
)


def outage(row: Row) -> Outage | None:
    """Return an outage of the whole exchange for any state but 0."""
    return None if row.text("status") == "0" else Outage(None, row.hint("msg"))


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=Endpoint(
        path="system/status",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Wallet, System Status",
    ),
    fields=(text("status"),),
    read=outage,
)
