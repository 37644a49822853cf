"""Bybit: what the types of its two ledgers are called in an archive. A type that is not here is "other".

Sources: the unified account's are documented (V5 API, Enums, type(uta-translog), July 2026). Those of the Funding
account are keys such as ``fundingAccountRecordEarn`` that no page lists: they were seen in answers of real accounts,
2023 to 2026. A key says the group, the description's key the rest.
"""

from collections.abc import Iterator, Mapping

RECORD = "fundingAccountRecord"
"""Begins every key of the Funding account."""
FUNDING, UNIFIED = "funding", "unified"
MOVED = frozenset({f"{RECORD}TransferIn", f"{RECORD}TransferOut"})
MOVED_UNIFIED = frozenset({"TRANSFER_IN", "TRANSFER_OUT"})
DEPOSIT = frozenset({f"{RECORD}TypeDeposit", f"{RECORD}Deposit"})
WITHDRAWAL = frozenset({f"{RECORD}TypeWithdraw", f"{RECORD}Withdraw"})
CONVERT = frozenset({f"{RECORD}Convert"})
CONVERT_UNIFIED = frozenset({"CURRENCY_BUY", "CURRENCY_SELL", "CONVERT"})
SUB_ACCOUNT, P2P = "SubAccount", "P2P"
EARNINGS = ("Interest", "Yield", "Issuance", "Reward", "Bonus", "Airdrop")
"""In the description's key of what Earn pays beside what was put in."""
_FUNDING: Mapping[str, str] = {
    "deposit": "TypeDeposit Deposit",
    "withdrawal": "TypeWithdraw Withdraw",
    "transfer": "TransferIn TransferOut",
    "conversion": "Convert",
    "earn_in": "Earn",
    "airdrop": "Airdrop",
    "fiat": "Fiat Bybitpay Card",
    "loan": "FixedRateLoans Loans CryptoLoans",
    "bot": "Bot TradingBot",
}
_UNIFIED: Mapping[str, str] = {
    "transfer": "TRANSFER_IN TRANSFER_OUT",
    "trade": "TRADE LIQUIDATION ADL",
    "funding": "SETTLEMENT",
    "settlement": "DELIVERY",
    "interest": "INTEREST",
    "airdrop": "AIRDROP BONUS",
    "rebate": "FEE_REFUND PEF_PROFIT_SHARE",
    "conversion": "CURRENCY_BUY CURRENCY_SELL SPOT_REPAYMENT_SELL SPOT_REPAYMENT_BUY CONVERT IDN_CONVERT_IN "
    "IDN_CONVERT_OUT EARNING_REDEMPTION_SELL EARNING_REDEMPTION_BUY TOKENS_SUBSCRIPTION TOKENS_REDEMPTION",
    "earn_in": "FLEXIBLE_STAKING_SUBSCRIPTION FIXED_STAKING_SUBSCRIPTION ONCHAINEARN_SUBSCRIPTION "
    "STRUCTURE_PRODUCT_SUBSCRIPTION CLASSIC_WEALTH_MANAGEMENT_SUBSCRIPTION PREMIMUM_WEALTH_MANAGEMENT_SUBSCRIPTION "
    "LIQUIDITY_MINING_SUBSCRIPTION PWM_SUBSCRIPTION DEFI_INVESTMENT_SUBSCRIPTION",
    "earn_out": "FLEXIBLE_STAKING_REDEMPTION FLEXIBLE_STAKING_REFUND FIXED_STAKING_REFUND ONCHAINEARN_REDEMPTION "
    "ONCHAINEARN_REFUND STRUCTURE_PRODUCT_REFUND PREMIMUM_WEALTH_MANAGEMENT_REFUND LIQUIDITY_MINING_REFUND PWM_REFUND "
    "DEFI_INVESTMENT_REFUND DEFI_INVESTMENT_REDEMPTION",
    "loan": "BORROW REPAY FLOATING_TO_FIXED_BORROW FLOATING_TO_FIXED_REPAY LOANS_BORROW_FUNDS BORROWED_AMOUNT_INS_LOAN "
    "PRINCIPLE_REPAYMENT_INS_LOAN INTEREST_REPAYMENT_INS_LOAN AUTO_SOLD_COLLATERAL_INS_LOAN "
    "AUTO_BUY_LIABILITY_INS_LOAN AUTO_PRINCIPLE_REPAYMENT_INS_LOAN AUTO_INTEREST_REPAYMENT_INS_LOAN "
    "TRANSFER_IN_INS_LOAN TRANSFER_OUT_INS_LOAN INSTITUTION_LOAN_IN INSTITUTION_PAYBACK_PRINCIPAL_OUT "
    "INSTITUTION_PAYBACK_INTEREST_OUT INSTITUTION_EXCHANGE_SELL INSTITUTION_EXCHANGE_BUY "
    "INSTITUTION_LIQ_PRINCIPAL_OUT INSTITUTION_LIQ_INTEREST_OUT INSTITUTION_LOAN_TRANSFER_IN "
    "INSTITUTION_LOAN_TRANSFER_OUT INSTITUTION_LOAN_WITHOUT_WITHDRAW INSTITUTION_LOAN_RESERVE_IN "
    "INSTITUTION_LOAN_RESERVE_OUT",
    "collateral": "LOANS_PLEDGE_ASSET CUSTODY_LOCK CUSTODY_UNLOCK CUSTODY_UNLOCK_REFUND",
    "fee": "CUSTODY_NETWORK_FEE CUSTODY_SETTLE_FEE SPREAD_FEE_OUT BROKER_ABACCOUNT_FEE",
    "adjustment": "BONUS_RECOLLECT AUTO_DEDUCTION BONUS_TRANSFER_IN BONUS_TRANSFER_OUT PEF_TRANSFER_IN "
    "PEF_TRANSFER_OUT PLATFORM_TOKEN_MNT_LIQRECALLEDMMNT PLATFORM_TOKEN_MNT_LIQRETURNEDMNT ALPHA_SMALL_TOKEN_REFUND "
    "TWAP_BUDGET_AIRDROP TWAP_BUDGET_RECALL DBS_CASH_OUT DBS_CASH_IN DBS_CASH_OUT_TR DBS_CASH_IN_TR "
    "CUSTODY_CASH_RECOVER_TR",
    "other": "PREMARKET_TRANSFER_OUT PREMARKET_DELIVERY_SELL_NEW_COIN PREMARKET_DELIVERY_BUY_NEW_COIN "
    "PREMARKET_DELIVERY_PLEDGE_PAY_SELLER PREMARKET_DELIVERY_PLEDGE_BACK PREMARKET_ROLLBACK_PLEDGE_BACK "
    "PREMARKET_ROLLBACK_PLEDGE_PENALTY_TO_BUYER",
}


def _by_code(kinds: Mapping[str, str], begin: str = "") -> Iterator[tuple[str, str]]:
    for kind, written in kinds.items():
        for code in written.split():
            yield f"{begin}{code}", kind


FUNDING_KINDS = dict(_by_code(_FUNDING, RECORD))
UNIFIED_KINDS = dict(_by_code(_UNIFIED))
INVESTED = frozenset(
    {
        f"{RECORD}Earn",
        "FLEXIBLE_STAKING_SUBSCRIPTION",
        "FLEXIBLE_STAKING_REDEMPTION",
        "FLEXIBLE_STAKING_REFUND",
    }
)
"""Types of what goes into Easy Earn and comes back."""


def funding_kind(group: str, description: str, *, is_in: bool) -> str:
    """Return the kind of a row of the Funding account by its two keys, and whether it came in."""
    kind = FUNDING_KINDS.get(group, "other")
    if kind == "transfer":
        return "subaccount" if SUB_ACCOUNT in description else kind
    if kind == "fiat":
        return "p2p" if P2P in description else kind
    if kind == "earn_in" and is_in:
        return "reward" if any(word in description for word in EARNINGS) else "earn_out"
    return kind


def unified_kind(code: str, category: str, *, is_fee: bool) -> str:
    """Return the kind of a row of the unified account. ``is_fee``: nothing but a fee changed.

    A trade of contracts is told apart, since a pair and a contract may have one name.
    """
    kind = UNIFIED_KINDS.get(code, "other")
    if kind != "trade":
        return kind
    if category not in {"", "spot"}:
        return "pnl"
    return "fee" if is_fee else kind
