"""Coinbase: words for the states, kinds and sides of its answers.

Source: Coinbase Advanced Trade API, List Orders, Get Portfolio Breakdown, List Futures Sweeps; Coinbase App API,
Transactions; derivatives API, private/get_open_orders (docs.cdp.coinbase.com, June to September 2026).
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {
    "BUY": mark("buy"),
    "SELL": mark("sell"),
    "buy": mark("buy"),
    "sell": mark("sell"),
    "LONG": mark("long"),
    "SHORT": mark("short"),
    "FUTURES_POSITION_SIDE_LONG": mark("long"),
    "FUTURES_POSITION_SIDE_SHORT": mark("short"),
    "POSITION_SIDE_LONG": mark("long"),
    "POSITION_SIDE_SHORT": mark("short"),
    "UNKNOWN": "",
    "zero": "",
}
ORDER_KINDS: Mapping[str, str] = {
    "MARKET": mark("market"),
    "LIMIT": mark("limit"),
    "STOP": mark("stop market"),
    "STOP_LIMIT": mark("stop limit"),
    "BRACKET": mark("bracket"),
    "TWAP": mark("TWAP"),
    "SCALED": mark("scaled"),
    "ROLL_OPEN": mark("roll to a later contract"),
    "ROLL_CLOSE": mark("roll to a later contract"),
    "LIQUIDATION": mark("liquidation"),
    "UNKNOWN_ORDER_TYPE": mark("order"),
    "order": mark("order"),
    "market": mark("market"),
    "limit": mark("limit"),
    "market_limit": mark("limit"),
    "stop_limit": mark("stop limit"),
    "stop_market": mark("stop market"),
    "take_limit": mark("take profit"),
    "take_market": mark("take profit market"),
    "trailing_stop": mark("trailing stop"),
}
ORDER_STATES: Mapping[str, str] = {
    "PENDING": mark("pending"),
    "OPEN": mark("open"),
    "QUEUED": mark("queued"),
    "CANCEL_QUEUED": mark("being cancelled"),
    "EDIT_QUEUED": mark("being changed"),
    "open": mark("open"),
    "untriggered": mark("waiting for its trigger"),
}
FLOW_STATES: Mapping[str, str] = {
    "pending": mark("pending"),
    "waiting_for_signature": mark("waiting for your approval"),
    "waiting_for_clearing": mark("waiting to be cleared"),
    "created": mark("not settled yet"),
    "PENDING": mark("pending"),
    "PROCESSING": mark("being processed"),
}
EARN_PRODUCTS: Mapping[str, str] = {
    "ACCOUNT_TYPE_STAKED_FUNDS": mark("Staking"),
    "ACCOUNT_TYPE_LENT_FUNDS": mark("Lending"),
    "ACCOUNT_TYPE_DEFI_YIELD": mark("DeFi yield"),
    "ACCOUNT_TYPE_RETAIL_DEFI_LEND": mark("DeFi lending"),
    "ACCOUNT_TYPE_FIAT_SAVINGS": mark("Savings"),
    "ACCOUNT_TYPE_SUSPENSE_GEOFENCE": mark("assets blocked for your region"),
    "ACCOUNT_TYPE_RAISE_INVESTMENTS": mark("token sales"),
    "ACCOUNT_TYPE_PREDICTION_MARKETS_TRANSFER": mark("Prediction markets"),
    "ACCOUNT_TYPE_PREDICTION_MARKETS_EQUITY": mark("Prediction markets"),
    "ACCOUNT_TYPE_PREDICTION_MARKETS_CFM": mark("Prediction markets"),
    "ACCOUNT_TYPE_DERIVATIVES_TRANSFER": mark("derivatives"),
    "ACCOUNT_TYPE_DERIVATIVES_EQUITY": mark("derivatives"),
    "ACCOUNT_TYPE_DERIVATIVES_CASH": mark("derivatives"),
    "ACCOUNT_TYPE_PERP_FUTURES": mark("perpetual futures"),
    "ACCOUNT_TYPE_PERP_FUTURES_ISOLATED": mark("perpetual futures"),
    "ACCOUNT_TYPE_PERP_FUTURES_COLLATERAL": mark("perpetual futures"),
    "ACCOUNT_TYPE_MULTISIG": mark("a wallet with several keys"),
    "ACCOUNT_TYPE_MULTISIG_VAULT": mark("a vault with several keys"),
    "ACCOUNT_TYPE_CCM_EQUITY": mark("Stocks"),
}
# How what is no earn product is left, by the kind of account.
_SOLD = mark("Sell the contracts in the app, or wait until their market is settled; then withdraw the money.")
_MOVED = mark("Close what is open at Derivatives or Futures, then transfer it to the portfolio.")
ENDINGS: Mapping[str, str] = {
    "ACCOUNT_TYPE_CCM_EQUITY": mark("Sell the shares in the app, under Stocks; then withdraw the money."),
    "ACCOUNT_TYPE_SUSPENSE_GEOFENCE": mark("Ask Coinbase's support how it can leave: it is blocked for your region."),
    "ACCOUNT_TYPE_RAISE_INVESTMENTS": mark("Look under Token sales in the app when the sale ends and what comes back."),
    **dict.fromkeys((f"ACCOUNT_TYPE_PREDICTION_MARKETS_{part}" for part in ("TRANSFER", "EQUITY", "CFM")), _SOLD),
    **dict.fromkeys((f"ACCOUNT_TYPE_DERIVATIVES_{part}" for part in ("TRANSFER", "EQUITY", "CASH")), _MOVED),
    **dict.fromkeys((f"ACCOUNT_TYPE_PERP_FUTURES{part}" for part in ("", "_ISOLATED", "_COLLATERAL")), _MOVED),
}
COLLATERAL: Mapping[str, str] = {
    "ACCOUNT_TYPE_COLLATERAL": mark("loan"),
    "ACCOUNT_TYPE_LOAN_MANAGEMENT": mark("loan"),
    "ACCOUNT_TYPE_DEFI_BORROW_COLLATERAL": mark("loan on a chain"),
    "ACCOUNT_TYPE_CREDIT_CARD_COLLATERAL": mark("credit card"),
}
