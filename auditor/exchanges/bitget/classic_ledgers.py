"""Bitget: the ledgers of a classic account, each of a wallet of its own, with the balance after every change."""

from auditor.exchanges.bitget.history_kinds import CROSS, FUTURES, SPOT
from auditor.exchanges.bitget.ledger_rows import CROSS_ROWS, SPOT_ROWS, futures_rows
from auditor.exchanges.bitget.shown_balances import HELD, CutBalances, cross_coins, futures_coins, upper_rows
from auditor.exchanges.bitget.sources import (
    DOWNLOADED,
    TEN,
    asking,
    documented,
    in_capitals,
    kept,
    rows_or_none,
    rows_or_null,
    windows,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Query
from auditor.spec.ledger import Ledger

BILLS, FUTURES_BILLS = "Spot, Get Account Bills", "Futures, Get Account Bills"
CROSS_BILLS = "Margin, Get Cross Financial History"
QUARTER, MONTH = windows(90), windows(30)
SPOT_LEDGER = Ledger(
    id="spot-ledger",
    title=mark("Spot account"),
    wallet=SPOT,
    endpoint=documented(
        "v2/spot/account/bills",
        BILLS,
        TEN,
        asking(),
        rows=in_capitals(rows_or_null),
        pages=Cursor(cursor="idLessThan", key="billId", size=500),
        windows=QUARTER,
    ),
    shown=CutBalances(
        endpoint=documented("v2/spot/account/assets", "Spot, Get Account Assets", TEN, rows=upper_rows),
        asset="coin",
        amount="available",
        more=("frozen", "locked"),
    ),
    reach=kept(BILLS, DOWNLOADED),
    fields=SPOT_ROWS.fields,
    read=SPOT_ROWS.read,
    reader_of=SPOT_ROWS.beside,
    key="billId",
    time="cTime",
    asset="coin",
    balance="balance",
)
BILLED = in_capitals(rows_or_none("bills"))
TITLES = {
    "usdt-futures": mark("USDT-M futures account"),
    "coin-futures": mark("Coin-M futures account"),
    "usdc-futures": mark("USDC-M futures account"),
}


def _futures(wallet: str) -> Ledger:
    rows, product = futures_rows(f"{wallet}-ledger"), {"productType": wallet.upper()}
    pages, shown = Cursor(cursor="idLessThan", key="billId"), (Query(params=product),)
    listed = documented(
        "v2/mix/account/bill", FUTURES_BILLS, TEN, asking(**product), rows=BILLED, pages=pages, windows=MONTH
    )
    accounts = documented("v2/mix/account/accounts", "Futures, Get Account List", TEN, *shown, rows=futures_coins)
    return Ledger(
        id=f"{wallet}-ledger",
        title=TITLES[wallet],
        wallet=wallet,
        endpoint=listed,
        shown=CutBalances(endpoint=accounts, asset="coin", amount=HELD, computed=True),
        reach=kept(FUTURES_BILLS, DOWNLOADED),
        fields=rows.fields,
        read=rows.read,
        reader_of=rows.beside,
        key="billId",
        time="cTime",
        asset="coin",
        balance="balance",
    )


CROSS_LEDGER = Ledger(
    id="cross-margin-ledger",
    title=mark("Cross margin account"),
    wallet=CROSS,
    endpoint=documented(
        "v2/margin/crossed/financial-records",
        CROSS_BILLS,
        TEN,
        asking(),
        rows=in_capitals(rows_or_none("resultList")),
        pages=Cursor(cursor="idLessThan", key="marginId", size=500),
        windows=QUARTER,
    ),
    shown=CutBalances(
        endpoint=documented(
            "v2/margin/crossed/account/assets", "Margin, Get Cross Account Assets", TEN, rows=cross_coins
        ),
        asset="coin",
        amount=HELD,
    ),
    reach=kept(CROSS_BILLS, DOWNLOADED),
    fields=CROSS_ROWS.fields,
    read=CROSS_ROWS.read,
    reader_of=CROSS_ROWS.beside,
    key="marginId",
    time="cTime",
    asset="coin",
    balance="balance",
)
CLASSIC_LEDGERS = (SPOT_LEDGER, *map(_futures, FUTURES), CROSS_LEDGER)
