"""The accounts of a Beancount file: the wallets, and what stands on the other side of a change."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from auditor.archive.exports.event import Event, Nature
from auditor.archive.exports.ledger_table import LedgerRow

_NATURES = {
    Nature.TRADE: "Equity:{root}:Trades",
    Nature.LONE_TRADE: "Equity:{root}:Trades",
    Nature.OWN: "Assets:{root}:Transit",
    Nature.LONE_TRANSFER: "Equity:{root}:Transfers-Elsewhere",
    Nature.SUB_ACCOUNT: "Assets:{root}:Sub-Accounts",
    Nature.RESULT: "Income:{root}:Results",
}
_KINDS = {
    "earn_in": "Assets:{root}:Earn",
    "earn_out": "Assets:{root}:Earn",
    "bot": "Assets:{root}:Bots",
    "collateral": "Assets:{root}:Collateral",
    "loan": "Liabilities:{root}:Loans",
    "funding": "Income:{root}:Funding-Fees",
    "reward": "Income:{root}:Rewards",
    "rebate": "Income:{root}:Rebates",
    "airdrop": "Income:{root}:Airdrops",
    "adjustment": "Equity:{root}:Adjustments",
    "other": "Equity:{root}:Unknown",
}
_FEES, _INTEREST_PAID, _INTEREST = "Expenses:{root}:Fees", "Expenses:{root}:Interest", "Income:{root}:Interest"
_OUTSIDE, _OPENING = "Equity:{root}:Outside", "Equity:{root}:Opening-Balances"
_SIGNS = re.compile(r"[^A-Za-z0-9]+", re.ASCII)


def every_account(root: str, wallets: Sequence[str]) -> Iterator[str]:
    """Yield all accounts, those of wallets first."""
    yield from (wallet_account(root, wallet) for wallet in wallets)
    others = {*_NATURES.values(), *_KINDS.values(), _FEES, _INTEREST_PAID, _INTEREST, _OUTSIDE, _OPENING}
    yield from (template.format(root=root) for template in sorted(others))


@lru_cache(64)
def wallet_account(root: str, wallet: str) -> str:
    """Return the account of a wallet."""
    words = "-".join(word.capitalize() for word in _SIGNS.split(wallet) if word)
    return f"Assets:{root}:Wallet-{words}"


def named(root: str, nature: Nature) -> str:
    """Return the account that stands opposite events of a nature."""
    return _NATURES[nature].format(root=root)


def fee_account(root: str) -> str:
    """Return the account of fees."""
    return _FEES.format(root=root)


def counter_account(root: str, event: Event, row: LedgerRow) -> str:
    """Return what stands on the other side of a change."""
    if row.kind == "fee":
        return fee_account(root)
    if row.kind == "interest":
        return (_INTEREST_PAID if row.change.startswith("-") else _INTEREST).format(root=root)
    return _counter(root, row.kind, event.nature)


@lru_cache(256)
def _counter(root: str, kind: str, nature: Nature) -> str:
    return (_KINDS.get(kind) or _NATURES.get(nature) or _OUTSIDE).format(root=root)
