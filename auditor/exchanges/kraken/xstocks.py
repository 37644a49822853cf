"""Kraken: markets, prices and withdrawals of tokenised stocks, requested when one is left.

Each list leaves them out unless their class is asked for, by a parameter of another name in each.
"""

from auditor.exchanges.kraken.markets import market, network, price, with_pairs
from auditor.exchanges.kraken.rows import keyed_rows
from auditor.exchanges.kraken.sources import public
from auditor.exchanges.kraken.wallets import SPOT
from auditor.exchanges.shared.plans import when_any
from auditor.model.records import Area, Balance, Record
from auditor.spec.surface import RequestPlan, Surface

TOKENISED = "tokenized_asset"
ENDING = ".T"


def _is_stock(record: Record) -> bool:
    return isinstance(record, Balance) and record.holds and record.asset.endswith(ENDING)


WHEN_ONE_IS_LEFT = RequestPlan(after=(SPOT.id,), scopes=when_any(_is_stock), nothing="No tokenised stock is held.")
PAIRS_OF_STOCKS = Surface(
    id="markets-xstocks",
    area=Area.BALANCES,
    title="Markets of tokenised stocks",
    endpoint=public("AssetPairs", "Get Tradable Asset Pairs", rows=keyed_rows, params={"aclass_base": TOKENISED}),
    reader=market,
    plan=WHEN_ONE_IS_LEFT,
    value=False,
)
PRICES_OF_STOCKS = Surface(
    id="prices-xstocks",
    area=Area.BALANCES,
    title="Prices of tokenised stocks",
    endpoint=public("Ticker", "Get Ticker Information", rows=keyed_rows, params={"asset_class": TOKENISED}),
    reader=price,
    plan=RequestPlan(after=(PAIRS_OF_STOCKS.id,), scopes=with_pairs, nothing="No tokenised stock is held."),
    value=False,
)
WITHDRAWALS_OF_STOCKS = Surface(
    id="networks-xstocks",
    area=Area.BALANCES,
    title="Which tokenised stocks can be withdrawn",
    endpoint=public("Assets", "Get Asset Info", rows=keyed_rows, params={"aclass": TOKENISED}),
    reader=network,
    plan=WHEN_ONE_IS_LEFT,
    value=False,
)
XSTOCKS = (PAIRS_OF_STOCKS, PRICES_OF_STOCKS, WITHDRAWALS_OF_STOCKS)
