"""OKX: what the types of its two ledgers are called in an archive. A type that is not here is "other".

Source: OKX API v5 documentation, copies of June 2026 (Funding account, Asset bills details) and April 2025 (Trading
account, Get bills details).
"""

from collections.abc import Iterator, Mapping

# Ranges are written as OKX's page groups them; both ends are part of one.
_FUNDING: Mapping[str, str] = {
    "deposit": "1",
    "withdrawal": "2 13 221-222",
    "subaccount": "20-23",
    "transfer": "130-131",
    "earn_in": "75 80 137 328 339 348",
    "earn_out": "76 82 138 329 340 349",
    "reward": "83 89 139 330 341 350 400 408",
    "other": "160-163 202-210 225-228 240-252",
    "loan": "175-180 212-218 232",
    "fiat": "116-118 200",
    "p2p": "132-134",
    "conversion": "272-273 311",
    "airdrop": "28 48-49 229",
    "rebate": "150-151 172-173 299-300",
    "adjustment": "195-199 220 361 372-373",
}
_TRADING: Mapping[str, str] = {
    "transfer": "1 6",
    "trade": "2 5 9 13-14 24 30",
    "settlement": "3 10 34",
    "interest": "7",
    "funding": "8",
    "conversion": "4 11 27-29",
    "bot": "12",
    "loan": "15-16 22 33",
    "rebate": "250-251",
    "reward": "381",
    "other": "26",
}


def _codes(written: str) -> Iterator[str]:
    for part in written.split():
        first, _dash, last = part.partition("-")
        yield from map(str, range(int(first), int(last or first) + 1))


def _by_code(kinds: Mapping[str, str]) -> Mapping[str, str]:
    return {code: kind for kind, written in kinds.items() for code in _codes(written)}


FUNDING_KINDS, TRADING_KINDS = _by_code(_FUNDING), _by_code(_TRADING)
