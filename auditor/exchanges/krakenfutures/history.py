"""Kraken Futures: the account log, which an archive reads back to its first row.

Its rows are numbered from 1 on: where a number is missing, a row is. The log that its site exports as a CSV file has
fewer columns, and the reports that Kraken makes on request are not asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from auditor.exchanges.krakenfutures.event_lists import EVENT_LISTS, WALLET
from auditor.exchanges.krakenfutures.log_rows import (
    BELOW,
    COIN,
    CONTRACT,
    KINDS,
    MOMENT,
    NEW,
    OLD,
    coin_name,
    log_rows,
    read_alone,
    reader,
)
from auditor.exchanges.krakenfutures.sources import DOC, HISTORY, HISTORY_LIMIT, trading
from auditor.exchanges.krakenfutures.wallets import wallet_rows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint, Query
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.history import History
from auditor.spec.ledger import Ledger, ShownBalances
from auditor.spec.paged_list import Reach

PAGE = "Get account log"
MOST = 1000
SINGLE = re.compile(r"f[iv]_([a-z0-9]+?)(usd|eur|gbp|xbt)")
"""A single-collateral wallet as the list of wallets calls it: fi_xbtusd is f-xbt:usd in the log."""


def shown_rows(data: object) -> list[object]:
    """Return what is in each wallet, by the names of coins that the log has; contracts are no coins."""
    rows = [row for row in wallet_rows(data) if isinstance(row, dict)]
    return [_named(row) for row in rows if CONTRACT not in str(row.get("code", ""))]


def _named(row: Mapping[str, object]) -> Mapping[str, object]:
    code, wallet = row.get("code"), str(row["wallet"]).lower()
    single = SINGLE.fullmatch(wallet)
    name = wallet if single is None else f"f-{single[1]}:{single[2]}"
    return row if code is None else {**row, COIN: coin_name(str(code), name)}


LOG = Ledger(
    id="account-log",
    title=mark("Futures wallets"),
    wallet=WALLET,
    endpoint=Endpoint(
        path="account-log",
        site=HISTORY,
        # A page of more than 50 and up to 1,000 rows costs 3.
        limit=replace(HISTORY_LIMIT, cost=3),
        queries=(Query(params={"sort": "desc"}),),
        pagination=Cursor(cursor="to", key=BELOW, limit="count", size=MOST),
        rows=log_rows,
        source=f"{DOC}, {PAGE}",
    ),
    shown=ShownBalances(
        endpoint=trading("accounts", "Get wallets", rows=shown_rows), asset=COIN, amount="quantity", several=True
    ),
    reach=Reach(words=mark("back to the account's first row"), source=f"{DOC}, {PAGE}"),
    fields=(
        *(text(name) for name in ("id", "asset", "info", "margin_account", "booking_uid", MOMENT)),
        *(amount(OLD), amount(NEW), optional_amount("fee"), optional_amount("liquidation_fee")),
    ),
    read=read_alone,
    reader_in_order=reader,
    key=BELOW,
    time=MOMENT,
    asset=COIN,
    balance=NEW,
    counted=True,
    uncounted=mark("Kraken does not say whether the log has as many digits as the wallets, and all that they show."),
)
HISTORY_OF_FUTURES = History(
    ledgers=(LOG,),
    seconds=EVENT_LISTS,
    kinds={WALLET: KINDS},
    remarks=(
        mark(
            "A trade is a row of the position, whose description says how large it was and is and at which price it "
            "changed, and a row of the money."
        ),
        mark(
            "Coins of other wallets than the multi-collateral one have the wallet's name behind a point, such as "
            "BTC.cash. Fee credits (FEE) are no coin, and are listed here as one."
        ),
        mark(
            "An order has a row for each event (placed, updated, cancelled), and a position for each change: tables "
            "orders and positions."
        ),
        mark("Kraken's spot site and each sub-account have keys and histories of their own, which are not here."),
    ),
    contracts=r"^[A-Z]{2}_",
)
