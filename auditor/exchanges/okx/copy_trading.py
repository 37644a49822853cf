"""OKX: copy trading, of lead traders and of copy traders."""

from collections.abc import Iterable

from auditor.exchanges.okx import services
from auditor.exchanges.okx.sources import DOC
from auditor.i18n import _, mark
from auditor.model.records import Area, Bot, Record
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in_single
from auditor.spec.surface import NeverUsed, Surface

NEITHER = {"59285": "This account has never led or copied a trade."}
# Leading and copying are independent, so each code is evidence only for its own role.
NO_LEADING = {
    **NEITHER,
    "59260": "This account has never been a spot lead trader.",
    "59262": "This account has never been a contract lead trader.",
}
NO_COPYING = {**NEITHER, "59273": "This account has never been a contract copy trader."}


@reads(text("subPosId"))
def copied_position(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open lead or copy position."""
    yield Bot(
        subject=row.text("subPosId"),
        row=row.raw,
        kind=mark("copy trading position"),
        state=mark("open"),
        market=row.hint("instId") or None,
        assets=tuple(row.hint("instId").split("-")[:2]),
        amount=row.hint_amount("subPos"),
        asset=None,
        copies=True,
    )


COPY_POSITIONS = Surface(
    id="copy-positions",
    area=Area.BOTS,
    title="Lead and copy positions",
    endpoint=Endpoint(
        path="copytrading/current-subpositions",
        limit=Limit(20, 2),
        pagination=Cursor(cursor="after", key="subPosId", size=500),
        source=f"{DOC}, Copy trading, Lead and copy positions",
    ),
    reader=copied_position,
    never_used=NeverUsed(codes=NO_LEADING),
    services=services.COPY_TRADING,
)

ROLES = {"1": mark("lead trader"), "2": mark("copy trader")}


@reads(text("instType"), text("roleType"))
def copy_role(row: Row, _context: Context) -> Iterable[Record]:
    """Read the account's role for a kind of market: 0 none, 1 lead trader, 2 copy trader."""
    role = row.text("roleType")
    if role == "0":
        return
    yield Bot(
        subject=row.text("instType"),
        row=row.raw,
        kind=mark("copy trading") if role not in ROLES else ROLES[role],
        state="" if role in ROLES else _("unknown role '{role}'").format(role=role),
        market=None,
        assets=(),
        amount=None,
        asset=None,
        copies=True,
        acts=role not in ROLES,
    )


COPY_ROLE = Surface(
    id="copy-role",
    area=Area.BOTS,
    title="Copy trading settings",
    endpoint=Endpoint(
        path="copytrading/config",
        limit=Limit(5, 2),
        rows=rows_in_single("details"),
        source=f"{DOC}, Copy trading, Copy trading settings",
    ),
    reader=copy_role,
    never_used=NeverUsed(codes=NEITHER),
    services=services.COPY_TRADING,
)


@reads(text("uniqueCode"))
def lead_trader(row: Row, _context: Context) -> Iterable[Record]:
    """Read a lead trader whom this account copies, also after the account was emptied."""
    yield Bot(
        subject=row.text("uniqueCode"),
        row=row.raw,
        kind=mark("copying a lead trader"),
        state="",
        market=None,
        assets=tuple(filter(None, (row.hint("ccy"),))),
        amount=row.hint_amount("copyTotalAmt"),
        asset=row.hint("ccy") or None,
        repeats=True,
        copies=True,
    )


COPIED_TRADERS = Surface(
    id="copied-traders",
    area=Area.BOTS,
    title="Lead traders copied",
    endpoint=Endpoint(
        path="copytrading/current-lead-traders",
        limit=Limit(5, 2),
        source=f"{DOC}, Copy trading, Lead traders copied",
    ),
    reader=lead_trader,
    never_used=NeverUsed(codes=NO_COPYING),
    services=services.COPY_TRADING,
)


@reads(amount("totalUnrealizedProfitSharingAmt"))
def profit_share(row: Row, _context: Context) -> Iterable[Record]:
    """Read profit share that a lead trader has not been paid yet."""
    unpaid = row.amount("totalUnrealizedProfitSharingAmt")
    if unpaid:
        yield Bot(
            subject="profit-share",
            row=row.raw,
            kind=mark("unpaid profit share"),
            state="",
            market=None,
            assets=(),
            amount=unpaid,
            asset="USDT",
            copies=True,
        )


PROFIT_SHARE = Surface(
    id="profit-share",
    area=Area.BOTS,
    title="Unpaid profit share",
    endpoint=Endpoint(
        path="copytrading/total-unrealized-profit-sharing",
        limit=Limit(5, 2),
        source=f"{DOC}, Copy trading, Unpaid profit share",
    ),
    reader=profit_share,
    never_used=NeverUsed(codes=NO_LEADING),
    services=services.COPY_TRADING,
)

COPY_TRADING = (COPY_POSITIONS, COPY_ROLE, COPIED_TRADERS, PROFIT_SHARE)
