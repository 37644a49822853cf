"""KuCoin: what each business type of a ledger's row is called in this program's words.

The ledger of all accounts has words such as ``Refunded Fees`` (KuCoin API documentation, 2019 to 2023), that of the
trading account codes such as ``RETURNED_FEES`` (February 2025). Others were seen in answers of real accounts, 2021 to
2026 (a .NET library's issues). A type that is not here is "other", and named in the report.
"""

from collections.abc import Iterator, Mapping

OTHER = "other"
_BY_KIND: Mapping[str, str] = {
    "deposit": "Deposit",
    "withdrawal": "Withdrawal, Withdraw",
    "transfer": "Transfer, Assets Transferred in After Upgrading",
    "subaccount": "Sub-account transfer, Sub Account Transfer, SUB_TRANSFER, BROKER_TRANSFER",
    "trade": "Exchange, TRADE_EXCHANGE, Trade, Spot, Margin Trade, Cross Margin, Isolated Margin, MARGIN_EXCHANGE, "
    "ISOLATED_EXCHANGE, Cross Margin Trading, Isolated Margin Trading",
    "conversion": "Instant Exchange, Convert, Convert to KCS",
    "fee": "KCS Pay Fees, KCS Fee Deduction, DEDUCTION_FEES, Liquidation Fees",
    "rebate": "Refunded Fees, RETURNED_FEES, COUPON_RETURNED_FEES, Fee Refunds using KCS, Fee Rebate, Rebate, "
    "Referral Bonus",
    "reward": "KuCoin Bonus, KCS Bonus, Rewards, Other rewards, Bonus received, Distribution, Staking Profits, "
    "Soft Staking Profits, LockDrop Vesting, Voting Earnings, Mining Income, KuCoin Event, KuCoin Earn Profits, "
    "Hold to Earn Earnings, Vote for Coin",
    "airdrop": "Airdrop/Fork",
    "fiat": "Buy Crypto, Sell Crypto, Bank Card Deal, Fiat Deposit, Fiat Withdrawal",
    "loan": "Loans, Borrowings, Debt Repayment, DebtRepayment, Loans Repaid, Lendings",
    "adjustment": "LIQUIDATION, Liquidation Takeover, Return of Liquidation Takeover, ASSERT_RETURN",
}
_PUT_IN_OR_TAKEN_OUT = (
    "Staking, Redemption, Voting, Redemption of Voting, Pool transactions, Public Offering Purchase, EARN_LOCK, "
    "EARN_REDEEM"
)
"""Types of what is put into a product and comes back: the side of the row says which."""


def plain_code(code: str) -> str:
    """Return a type without its spelling: capitals and underscores differ from list to list."""
    return code.casefold().replace("_", " ")


def _codes(written: str) -> Iterator[str]:
    return (plain_code(code) for code in written.split(", "))


KINDS: Mapping[str, str] = {code: kind for kind, written in _BY_KIND.items() for code in _codes(written)}
INVESTED = frozenset(_codes(_PUT_IN_OR_TAKEN_OUT))


def kind_of(code: str, *, is_in: bool) -> str:
    """Return what a row of a type is called. ``is_in``: whether it came in."""
    plain = plain_code(code)
    if plain in INVESTED:
        return "earn_out" if is_in else "earn_in"
    return KINDS.get(plain, OTHER)


def codes_of(kind: str) -> frozenset[str]:
    """Return every type of a kind, in each spelling that a ledger may have."""
    written = _BY_KIND[kind].split(", ")
    return frozenset(written) | {code.upper().replace(" ", "_") for code in written}
