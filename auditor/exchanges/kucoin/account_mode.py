"""KuCoin: whether an account is classic or unified, and plans that depend on it."""

from collections.abc import Iterable, Sequence

from auditor.exchanges.kucoin.sites import UNIFIED, management
from auditor.exchanges.kucoin.sources import UTA, documented
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.model.records import Area, Record
from auditor.model.reference_data import Product
from auditor.spec.fields import Row, text
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

CLASSIC = "CLASSIC"


@reads(text("selfAccountMode"))
def account_mode(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether the account is unified: every mode but classic counts as such."""
    mode = row.text("selfAccountMode")
    yield Product(subject="unified", row={}, name="unified", enabled=mode != CLASSIC)


ACCOUNT_MODE = Surface(
    id="account-mode",
    area=Area.STATUS,
    title="Classic or unified account",
    endpoint=documented(UNIFIED, "account/mode", management(30), rows=object_row, source=UTA),
    reader=account_mode,
    value=False,
)


def unified_scopes(readings: Readings) -> Sequence[Scope]:
    """Plan one request, unless KuCoin states that the account is classic; also where its answer is missing."""
    mode = {"account-mode": readings["account-mode"]}
    is_classic = any(isinstance(record, Product) and not record.enabled for record in records_in(mode))
    return [] if is_classic and not is_unread(mode) else [Scope()]


NO_UNIFIED_ACCOUNT = "KuCoin says that this is no unified account (account/mode)."
WHEN_UNIFIED = RequestPlan(after=("account-mode",), scopes=unified_scopes, nothing=NO_UNIFIED_ACCOUNT)
