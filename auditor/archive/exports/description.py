"""How an export describes an event: in English, like its columns, since other programs read it."""

from auditor.archive.exports.event import Event, Nature
from auditor.archive.exports.heading import Coin, Heading

_NATURES = {
    Nature.OWN: "Between own wallets",
    Nature.LONE_TRANSFER: "Transfer, other half not in the archive",
    Nature.LONE_TRADE: "One side of a trade, the other side is not in the archive",
}
_INSIDE = {"earn_in": "Into Earn", "earn_out": "Out of Earn", "bot": "Trading bot", "collateral": "Collateral"}
_FLOWS = {
    "deposit": "Deposit",
    "withdrawal": "Withdrawal",
    "fiat": "Fiat",
    "p2p": "P2P",
    "reward": "Reward",
    "interest": "Interest",
    "funding": "Funding fee",
    "settlement": "Settlement",
    "loan": "Loan",
    "rebate": "Rebate",
    "airdrop": "Airdrop",
    "adjustment": "Adjustment",
    "fee": "Fee",
}


def describe(event: Event) -> str:
    """Return what an event is, which fee its amounts include, and which rows of the ledgers it consists of.

    It begins with this program's own words, and names from the exchange were made safe for spreadsheets before.
    """
    rows = ", ".join(f"{row.wallet} {row.id}" for row in event.rows)
    return f"{_event_words(event)}{_inner_fee(event)} [{rows}]"


def opening_words(coin: Coin) -> str:
    """Return what a balance that was there before the first row is."""
    return f"Balance before the first row of this archive; how it came about is not in it [{coin.wallet}]"


def warning(heading: Heading) -> str:
    """Return what the first row says of an archive that is not complete, "" for one that is."""
    return "" if heading.is_complete else f"THIS ARCHIVE IS NOT COMPLETE ({heading.status}), see its REPORT. "


def _event_words(event: Event) -> str:
    row = event.first
    if event.nature is Nature.TRADE:
        return f"Trade {row.instrument}".strip() if event.kind == "trade" else "Conversion"
    if event.nature is Nature.RESULT and row.instrument:
        return f"{_FLOWS.get(event.kind, 'Result')} of {row.instrument}"
    if event.nature is Nature.SUB_ACCOUNT:
        towards = "from" if event.is_in else "to"
        return f"Transfer {towards} sub-account {event.partner}".strip()
    words = _NATURES.get(event.nature) or _INSIDE.get(event.kind) or _FLOWS.get(event.kind)
    kind = words or f"Unknown kind of change (the exchange's type {row.type})"
    return f"{kind}: {row.description}" if row.description else kind


def _inner_fee(event: Event) -> str:
    """Return the fees that are in the changes already: an exchange counts them below zero."""
    fees = [(row.fee, row.asset) for row in event.rows if row.kind == "trade" and row.fee.startswith("-")]
    amounts = ", ".join(f"{fee.removeprefix('-')} {asset}" for fee, asset in fees)
    return f"; includes a fee of {amounts}" if amounts else ""
