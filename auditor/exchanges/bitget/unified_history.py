"""Bitget: the lists of a unified account's archive. Its two ledgers print the balance after every change.

The ledger of the unified account is asked for each category; a coin has one balance over all of them. No id ties with
another, and those of one moment rise.
"""

from auditor.exchanges.bitget.history_kinds import FUNDING, GROUP_KINDS, UNIFIED, UNIFIED_KINDS
from auditor.exchanges.bitget.identity import UNIFIED as KEY
from auditor.exchanges.bitget.ledger_rows import FUNDING_ROWS, UNIFIED_ROWS
from auditor.exchanges.bitget.movement_lists import BY_CURSOR, MOVEMENTS, TRANSFERS
from auditor.exchanges.bitget.opening import opening_of
from auditor.exchanges.bitget.shown_balances import CutBalances, unified_rows, upper_rows
from auditor.exchanges.bitget.sources import (
    CATEGORIES,
    DOWNLOADED,
    TEN,
    TWENTY,
    asking,
    by,
    documented,
    in_capitals,
    kept,
    rows_or_none,
    windows,
)
from auditor.exchanges.bitget.unified_lists import UNIFIED_LISTS
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.ledger import Ledger

ROWS, MONTH = in_capitals(rows_or_none("list")), windows(30)
PAGE, FUNDING_PAGE = "Get Financial Records", "Get Funding Financial Records"
UNIFIED_LEDGER = Ledger(
    id="unified-ledger",
    title=mark("Unified trading account"),
    wallet=UNIFIED,
    endpoint=documented(
        "v3/account/financial-records", PAGE, TWENTY, asking(), rows=ROWS, pages=BY_CURSOR, windows=MONTH
    ),
    partition=by("category", *CATEGORIES, "OTHER"),
    shown=CutBalances(
        endpoint=documented("v3/account/assets", "Get Account Assets", rows=unified_rows),
        asset="coin",
        amount="balance",
        more=("locked",),
    ),
    reach=kept(PAGE, DOWNLOADED),
    fields=UNIFIED_ROWS.fields,
    read=UNIFIED_ROWS.read,
    reader_of=UNIFIED_ROWS.beside,
    key="id",
    time="ts",
    asset="coin",
    balance="balance",
)
FUNDING_LEDGER = Ledger(
    id="funding-ledger",
    title=mark("Funding account"),
    wallet=FUNDING,
    endpoint=documented(
        "v3/account/funding-financial-records",
        FUNDING_PAGE,
        TEN,
        asking(),
        rows=ROWS,
        pages=BY_CURSOR,
        windows=MONTH,
    ),
    shown=CutBalances(
        endpoint=documented("v3/account/funding-assets", "Get Account Funding Assets", rows=upper_rows),
        asset="coin",
        amount="balance",
    ),
    reach=kept(FUNDING_PAGE, DOWNLOADED),
    fields=FUNDING_ROWS.fields,
    read=FUNDING_ROWS.read,
    key="id",
    time="ts",
    asset="coin",
    balance="balance",
)
UNIFIED_HISTORY = History(
    ledgers=(FUNDING_LEDGER, UNIFIED_LEDGER),
    seconds=(*MOVEMENTS, *UNIFIED_LISTS),
    transfers=TRANSFERS,
    kinds={FUNDING: GROUP_KINDS, UNIFIED: UNIFIED_KINDS},
    opened=opening_of(KEY),
    remarks=(
        mark(
            "Bitget gives a unified account no list of Earn, trading bots, copy trading and the P2P wallet: what went "
            "from its two ledgers into them and came back is here. Look at each of them in the app before you close."
        ),
        mark(
            "Bitget shows balances with 8 digits after the point, and its ledgers have more: they agree as far as they "
            "are shown."
        ),
    ),
)
