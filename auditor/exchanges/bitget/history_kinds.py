"""Bitget: what the types of its ledgers are called in an archive. A type that is not here is "other".

Sources: unified accounts, Enumeration, type (financial records), and ccxt 4.5.90, which lists all 123 of 2026; classic
ones, Spot, Get Account Bills, Futures, Get Account Bills, Margin, Get Cross Financial History. The funding ledger of a
unified account has the groups of the spot ledger of a classic one.
"""

from collections.abc import Iterator, Mapping

UNIFIED, FUNDING = "unified", "funding"
SPOT, CROSS = "spot", "cross-margin"
FUTURES = ("usdt-futures", "coin-futures", "usdc-futures")
MOVED, MOVED_GROUP = frozenset({"TRANSFER_IN", "TRANSFER_OUT"}), frozenset({"transfer"})
DEPOSIT, WITHDRAWAL = frozenset({"deposit"}), frozenset({"withdraw"})
TRADED = frozenset({"ORDER_DEALT_FROZEN_OUT", "ORDER_DEALT_IN"})
CONVERTED = frozenset({"EXCHANGE_SOURCE_TOKEN_USER_OUT", "EXCHANGE_TARGET_TOKEN_USER_IN"})
EARNINGS = ("interest", "yield", "reward", "bonus", "dividend", "profit")
"""In the type of what Earn pays beside what was put in."""
_UNIFIED: Mapping[str, str] = {
    "transfer": "TRANSFER_IN TRANSFER_OUT",
    "trade": "ORDER_DEALT_FROZEN_OUT ORDER_DEALT_IN",
    "fee": "ORDER_PLF_FEE_OUT LIQ_FEE SMALL_ASSET_FEE_SYS_IN",
    "pnl": "OPEN_LONG OPEN_SHORT BUY_DEAL SELL_DEAL CLOSE_LONG CLOSE_SHORT FORCE_CLOSE_LONG FORCE_CLOSE_SHORT "
    "BURST_CLOSE_LONG BURST_CLOSE_SHORT OFFSET_REDUCE_CLOSE_LONG OFFSET_REDUCE_CLOSE_SHORT FORCE_BUY_SSM "
    "FORCE_SELL_SSM BURST_BUY_SSM BURST_SELL_SSM RISK_LIQ_USER_IN RISK_LIQ_USER_OUT MARGIN_OPEN_LONG "
    "MARGIN_OPEN_SHORT MARIN_BUY_DEAL MARIN_SELL_DEAL MARGIN_OFFSET_IN_SSM_LONG MARGIN_OFFSET_IN_SSM_SHORT "
    "FIXED_OFFSET_IN_SSM_LONG FIXED_OFFSET_IN_SSM_SHORT FIXED_OPEN_LONG FIXED_OPEN_SHORT FIXED_BUY_DEAL "
    "FIXED_SELL_DEAL FIXED_CLOSE_LONG FIXED_CLOSE_SHORT FIXED_FORCE_CLOSE_LONG FIXED_FORCE_CLOSE_SHORT "
    "FIXED_BURST_CLOSE_LONG FIXED_BURST_CLOSE_SHORT FIXED_ADL_CLOSE_LONG FIXED_ADL_CLOSE_SHORT "
    "FIXED_RISK_LIQ_USER_IN FIXED_RISK_LIQ_USER_OUT FIXED_FORCE_BUY_SSM FIXED_FORCE_SELL_SSM FIXED_BURST_BUY_SSM "
    "FIXED_BURST_SELL_SSM RWA_CONTRACT_REBASE_USER_OPEN_LONG RWA_CONTRACT_REBASE_USER_OPEN_SHORT "
    "RWA_CONTRACT_REBASE_USER_CLOSE_LONG RWA_CONTRACT_REBASE_USER_CLOSE_SHORT RWA_CONTRACT_REBASE_USER_BUY_IN_SSM "
    "RWA_CONTRACT_REBASE_USER_SELL_IN_SSM",
    "settlement": "DELIVERY_LONG DELIVERY_SHORT LIQ_FUND_OUT LIQ_FUND_IN LIQ_TRANSFER_IN LIQ_TRANSFER_OUT",
    "funding": "CONTRACT_MAIN_SETTLE_FEE_USER_IN CONTRACT_MAIN_SETTLE_FEE_USER_OUT MARGIN_SETTLE_FEE_USER_IN "
    "MARGIN_SETTLE_FEE_USER_OUT FIXED_SETTLE_FEE_USER_IN FIXED_SETTLE_FEE_USER_OUT RWA_FIXED_SETTLE_FEE_USER_IN "
    "RWA_FIXED_SETTLE_FEE_USER_OUT RWA_CONTRACT_MAIN_SETTLE_FEE_USER_IN RWA_CONTRACT_MAIN_SETTLE_FEE_USER_OUT",
    "interest": "INTEREST_SETTLEMENT_OUT INTEREST_REPAYMENT",
    "loan": "BORROW REPAYMENT RESERVE_TRANSFER_IN RESERVE_TRANSFER_OUT LIQ_REPAYMENT",
    "conversion": "EXCHANGE_SOURCE_TOKEN_USER_OUT EXCHANGE_TARGET_TOKEN_USER_IN CONVERT_TRANSFER_IN "
    "CONVERT_TRANSFER_OUT CONVERSION_UPON_DELISTING LIQ_CONVERT_IN LIQ_CONVERT_OUT LIQ_CONVERT_USER_OUT "
    "LIQ_CONVERT_USER_IN SMALL_ASSET_SOURCE_TOKEN_USER_OUT SMALL_ASSET_TARGET_TOKEN_USER_IN "
    "DELIST_MARGIN_TOKEN_SOURCE_USER_OUT DELIST_MARGIN_TOKEN_TARGET_USER_IN DELIST_SMALL_BALANCE_USER_OUT "
    "DELIST_SMALL_LIABILITY_USER_IN",
    "earn_in": "FINANCIAL_TRANSFER_OUT",
    "earn_out": "FINANCIAL_TRANSFER_IN",
    "rebate": "TRACE_SHARE_BENEFIT_USER_OUT TRACE_SHARE_BENEFIT_USER_IN",
    "bot": "TRACE_TRANSFER_USER_OUT TRACE_TRANSFER_USER_IN TRACE_TRANSFER_REFUND_IN TRACE_LOCK_USER_OUT "
    "TRACE_LOCK_USER_IN",
    "airdrop": "AIRDROP_REWARD BONUS_ISSUE",
    "collateral": "INCREASE_MARGIN REDUCE_MARGIN MARGIN_LEVER_ORDER_REFROZEN MARGIN_LEVER_ORDER_FROZEN "
    "MARGIN_LEVER_POS_IN MARGIN_BACK",
    "adjustment": "CONFISCATE_TOKEN_USER_OUT",
    "other": "ON_CHAIN_TRANSFER_OUT ON_CHAIN_TRANSFER_REFUND MT5_TRANSFER_IN MT5_TRANSFER_OUT MT5_REFUND_IN "
    "BGPAY_TRANSFER_OUT BGPAY_REFUND_IN",
}
_GROUPS: Mapping[str, str] = {
    "deposit": "deposit",
    "withdrawal": "withdraw",
    "transfer": "transfer",
    "trade": "transaction rwa stock",
    "conversion": "convert",
    "earn_in": "financial",
    "loan": "loan",
    "fiat": "fait pay debit",
    "p2p": "c2c",
    "bot": "strategy trace",
    "other": "pre_c2c on_chain ipo_prime cfd compliance_wall live broker paptrading other",
}
_FUTURES: Mapping[str, str] = {
    "transfer": "trans_from_exchange trans_to_exchange trans_from_contract trans_to_contract trans_from_otc "
    "trans_to_otc trans_from_cross trans_to_cross trans_from_isolated trans_to_isolated",
    "pnl": "open_long open_short close_long close_short force_close_long force_close_short burst_long_loss_query "
    "burst_short_loss_query buy sell force_buy force_sell burst_buy burst_sell adl_close_long adl_close_short "
    "adl_buy_in_single_side_mode adl_sell_in_single_side_mode",
    "settlement": "delivery_long delivery_short",
    "funding": "contract_settle_fee",
    "interest": "settle_interest",
    "collateral": "append_margin adjust_down_lever_append_margin reduce_margin auto_append_margin",
    "airdrop": "cash_gift_issue bonus_issue",
    "adjustment": "cash_gift_recycle bonus_recycle bonus_expired risk_captital_user_transfer",
    "rebate": "tracking_follow_pay tracking_follow_back tracking_trader_income",
    "conversion": "user_exchange_buy user_exchange_sell",
}
_CROSS: Mapping[str, str] = {
    "transfer": "transfer_in transfer_out",
    "loan": "borrow repay",
    "interest": "interest_repay",
    "trade": "deal_in deal_out",
    "conversion": "exchange_in exchange_out",
    "fee": "liquidation_fee",
    "adjustment": "confiscated compensate",
}


def _by_code(kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, written in kinds.items():
        for code in written.split():
            yield code, kind


UNIFIED_KINDS = dict(_by_code(_UNIFIED))
GROUP_KINDS = dict(_by_code(_GROUPS))
FUTURES_KINDS = dict(_by_code(_FUTURES))
CROSS_KINDS = dict(_by_code(_CROSS))
TRADED_FUTURES = frozenset(code for code, kind in FUTURES_KINDS.items() if kind in {"pnl", "settlement"})
TRADED_CONTRACTS = frozenset(code for code, kind in UNIFIED_KINDS.items() if kind in {"pnl", "settlement"})
TRADED_GROUPS = frozenset({"transaction"})


def group_kind(group: str, code: str, *, is_in: bool) -> str:
    """Return the kind of a row of the funding or spot wallet."""
    kind, word = GROUP_KINDS.get(group, "other"), code.lower()
    if kind == "earn_in":
        return ("reward" if any(one in word for one in EARNINGS) else "earn_out") if is_in else kind
    if "airdrop" in word:
        return "airdrop"
    if kind == "trade" and "fee" in word:
        return "fee"
    return "rebate" if "rebate" in word else kind
