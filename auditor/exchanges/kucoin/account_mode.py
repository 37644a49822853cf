"""KuCoin: whether an account is classic or unified, and plans that depend on it.

The answer also names every sub-account by its uid: one that the list of sub-accounts lacks is reported.
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.kucoin.sites import UNIFIED, management
from auditor.exchanges.kucoin.sources import UTA, documented
from auditor.exchanges.kucoin.sub_accounts import robots_in, sub_accounts_in
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.model.records import Area, Record, SubAccount
from auditor.model.reference_data import Product
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

CLASSIC = "CLASSIC"


@reads(text("selfAccountMode"))
def account_mode(row: Row, context: Context) -> Iterable[Record]:
    """Read whether the account is unified: every mode but classic counts as such; and sub-accounts of no other list."""
    mode = row.text("selfAccountMode")
    yield Product(subject="unified", row={"mode": mode}, name="unified", enabled=mode.upper() != CLASSIC)
    lists = [row.raw.get(name) for name in ("unifiedSubAccount", "classicSubAccount")]
    named = [str(uid) for uids in lists if isinstance(uids, list) for uid in uids]
    unknown = [uid for uid in dict.fromkeys(named) if uid not in context.scope.known.get("listed", ())]
    if len(unknown) > context.scope.known.get("unnumbered", 0):
        for uid in unknown:
            yield SubAccount(subject=uid, row={"uid": uid}, name=uid, uid=uid, frozen=False, frozen_functions=())


def _with_listed(readings: Readings) -> Sequence[Scope]:
    """Plan one request, with the numbers of the list of sub-accounts, and how many bots it has without a number."""
    robots = [robot.part for robot in robots_in(readings)]
    listed = {one.uid for one in sub_accounts_in(readings)} | set(filter(None, robots))
    return [Scope(known={"listed": listed, "unnumbered": robots.count("")})]


ACCOUNT_MODE = Surface(
    id="account-mode",
    area=Area.STATUS,
    title="Classic or unified account",
    endpoint=documented(UNIFIED, "account/mode", management(30), rows=object_row, source=UTA),
    reader=account_mode,
    plan=RequestPlan(after=("subaccounts",), scopes=_with_listed),
    value=False,
)


def unified_scopes(readings: Readings) -> Sequence[Scope]:
    """Plan one request, unless KuCoin states that the account is classic; also where its answer is missing."""
    mode = {"account-mode": readings["account-mode"]}
    is_classic = any(isinstance(record, Product) and not record.enabled for record in records_in(mode))
    return [] if is_classic and not is_unread(mode) else [Scope()]


NO_UNIFIED_ACCOUNT = "KuCoin says that this is no unified account (account/mode)."
WHEN_UNIFIED = RequestPlan(after=("account-mode",), scopes=unified_scopes, nothing=NO_UNIFIED_ACCOUNT)
