"""Bybit: orders of structured products and of liquidity mining, with what was paid and what was liquidated."""

from auditor.exchanges.bybit.archive_lists.earn import TEN
from auditor.exchanges.bybit.archive_lists.explaining import explaining
from auditor.exchanges.bybit.sources import PAGES_OF_20, PAGES_OF_50, asking, documented
from auditor.i18n import mark
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table


def _orders(list_id: str, title: str, category: str, coin: str) -> SecondList:
    """Return orders of a category. ``coin``: the field with what was put in."""
    return explaining(
        id=f"{list_id}-orders",
        title=title,
        endpoint=documented(
            "v5/earn/advance/order",
            f"Advanced Earn, {category}, Get Order",
            TEN,
            asking(category=category),
            pages=PAGES_OF_20,
        ),
        **in_table(
            "products",
            category,
            number="orderId",
            time="createdTime",
            columns=(
                f"type:orderType asset:{coin} amount other_asset:settlementCoin other_amount:settlementAmount "
                "earned:pnl state:status"
            ),
        ),
    )


ENDED, UNDER_WAY = "Ended", "Processing"
LIQUIDITY = "v5/earn/liquidity-mining"


def _liquidity_orders(state: str) -> SecondList:
    """Return orders of liquidity mining: those under way are listed only when they are asked for."""
    return explaining(
        id=f"liquidity-mining-{state.lower()}",
        title=mark("Liquidity mining: orders"),
        endpoint=documented(
            f"{LIQUIDITY}/order",
            "Earn, Liquidity Mining, Get Order",
            TEN,
            asking(status=state) if state == UNDER_WAY else asking(),
            rows=rows_in("orders"),
            pages=PAGES_OF_50,
        ),
        **in_table(
            "products",
            "liquidity mining",
            number="orderId",
            time="createdTime",
            columns=(
                "type:orderType asset:quoteCoin amount:quoteAmount other_asset:baseCoin other_amount:baseAmount "
                "fee:slippageValue state:status"
            ),
        ),
    )


YIELDS = explaining(
    id="liquidity-mining-yields",
    title=mark("Liquidity mining: yields"),
    endpoint=documented(
        f"{LIQUIDITY}/yield-records",
        "Earn, Liquidity Mining, Get Yield Records",
        TEN,
        rows=rows_in("records"),
        pages=PAGES_OF_50,
    ),
    **in_table(
        "products",
        "liquidity mining",
        number="coin createdTime type amount",
        time="createdTime",
        columns="type asset:coin earned:amount other_asset:baseCoin state:status",
    ),
)
LIQUIDATIONS = explaining(
    id="liquidity-mining-liquidations",
    title=mark("Liquidity mining: liquidations"),
    endpoint=documented(
        f"{LIQUIDITY}/liquidation-records",
        "Earn, Liquidity Mining, Get Liquidation Records",
        TEN,
        rows=rows_in("records"),
        pages=PAGES_OF_50,
    ),
    **in_table(
        "products",
        "liquidity mining",
        number="baseCoin quoteCoin liquidationTime quoteAmount",
        time="liquidationTime",
        columns=(
            "type:=liquidation asset:quoteCoin amount:quoteAmount other_asset:baseCoin other_amount:baseAmount "
            "rate:liquidationPrice"
        ),
    ),
)
ADVANCED_LISTS = (
    _orders("dual-asset", mark("Dual assets: orders"), "DualAssets", "coin"),
    _orders("discount-buy", mark("Discount buy: orders"), "DiscountBuy", "coin"),
    _orders("smart-leverage", mark("Smart leverage: orders"), "SmartLeverage", "investCoin"),
    _orders("double-win", mark("Double win: orders"), "DoubleWin", "investCoin"),
    *map(_liquidity_orders, (ENDED, UNDER_WAY)),
    YIELDS,
    LIQUIDATIONS,
)
