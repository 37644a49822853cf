"""Binance's statement of all changes: User_ID, UTC_Time, Account, Operation, Coin, Change, Remark.

A CSV, alone or several in a zip. Files of 2026 have other names for two columns, User ID and Time, years of two digits,
and times in the zone that the user chose, which only the file's name says, such as (UTC+7) or (UTC--6). No page of
Binance describes these files: what is read here was seen in fixtures and bug reports of other programs, 2021 to 2026.
"""

import re
from dataclasses import replace
from datetime import datetime, timezone

from auditor.archive.imports.formats import Cells
from auditor.archive.imports.statement import StatementFormat, StatementRow
from auditor.exchanges.binance.archive_lists.listing import FUNDING, SPOT
from auditor.exchanges.binance.archive_lists.movements import DEPOSITS, WITHDRAWALS
from auditor.exchanges.binance.history import EARN, ISOLATED_MARGIN, is_own
from auditor.exchanges.binance.pages import OPENED
from auditor.i18n import _
from auditor.model import amounts
from auditor.spec.fields import MalformedError
from auditor.spec.parsed_row import LATEST_SECOND

ACCOUNTS = {
    "spot": SPOT,
    "funding": FUNDING,
    "p2p": FUNDING,
    "earn": EARN,
    "savings": EARN,
    "usdt-futures": "UMFUTURE",
    "usd-m futures": "UMFUTURE",
    "usdⓈ-m futures".casefold(): "UMFUTURE",
    "coin-futures": "CMFUTURE",
    "coin-m futures": "CMFUTURE",
    "cross margin": "MARGIN",
    "crossmargin": "MARGIN",
    "isolated margin": ISOLATED_MARGIN,
    "isolatedmargin": ISOLATED_MARGIN,
    "option": "OPTION",
    "options": "OPTION",
}
"""The wallets of words in the column Account. Any other, such as Pool or Card, is named and not added up."""
_KINDS = {
    "trade": (
        *("buy", "sell", "transaction buy", "transaction spend", "transaction sold", "transaction revenue"),
        "transaction related",
    ),
    "fee": ("fee", "transaction fee", "bnb fee deduction"),
    "deposit": ("deposit",),
    "withdrawal": ("withdraw", "send"),
    "fiat": ("fiat deposit", "fiat withdraw", "fiat withdrawal", "buy crypto", "buy crypto with fiat"),
    "p2p": ("p2p trading",),
    "conversion": (
        *("binance convert", "large otc trading", "small assets exchange bnb", "asset conversion transfer"),
        *("stablecoins auto-conversion", "futures convert", "eth 2.0 staking"),
    ),
    "transfer": (
        *("transfer_in", "transfer_out", "transfer between main and funding wallet"),
        *(
            "transfer between spot account and um futures account",
            "transfer between spot account and cm futures account",
        ),
        "transfer between main account/futures and margin account",
    ),
    "earn_in": (
        *("simple earn flexible subscription", "simple earn locked subscription", "savings purchase"),
        *("pos savings purchase", "staking purchase"),
    ),
    "earn_out": (
        *("simple earn flexible redemption", "simple earn locked redemption", "savings principal redemption"),
        *("pos savings redemption", "staking redemption"),
    ),
    "interest": ("simple earn flexible interest", "savings interest", "pos savings interest", "savings distribution"),
    "reward": (
        *("simple earn locked rewards", "staking rewards", "eth 2.0 staking rewards", "bnb vault rewards"),
        *("launchpool interest", "pool distribution", "super bnb mining"),
    ),
    "airdrop": ("airdrop assets", "distribution", "simple earn flexible airdrop", "cash voucher distribution"),
    "rebate": ("commission rebate", "referral kickback", "referral commission", "referrer rebates", "referee rebates"),
    "funding": ("funding fee",),
    "pnl": ("realize profit and loss", "realized profit and loss"),
    "loan": (
        *("margin loan", "margin repayment", "isolated margin loan", "isolated margin repayment"),
        *("crypto loan - borrow", "crypto loan - repayment", "flexible loan - borrow", "flexible loan - repayment"),
    ),
}
KINDS = {words: kind for kind, operations in _KINDS.items() for words in operations}
"""This program's word of each in the column Operation. One that is not here is other, and is added up all the same."""
OTHER = "other"
CENTURY, FOUR_DIGITS = 20, 4
_TIME = re.compile(r"([0-9]{2}|[0-9]{4})(-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})", re.ASCII)
_UID = re.compile(r"[0-9]*", re.ASCII)


def statement_row(cells: Cells, zone: timezone) -> StatementRow:
    """Read a row. Raises MalformedError."""
    account, asset, words = cells.text("account"), cells.text("coin"), cells.text("operation")
    wallet, digits = ACCOUNTS.get(account.casefold(), ""), cells.text("change").removeprefix("+")
    change = amounts.parse(digits)
    if change is None:
        raise MalformedError(_("{name} is not an amount").format(name="Change"))
    return StatementRow(
        uid=_uid(cells),
        second=_second(cells.text("utc_time", "time"), zone),
        account=account,
        wallet=wallet if wallet != SPOT or is_own(asset) else EARN,
        asset=asset,
        change=change,
        digits=digits,
        kind=KINDS.get(words.casefold(), OTHER),
        operation=words,
        remark=cells.hint("remark"),
    )


def _uid(cells: Cells) -> str:
    uid = cells.hint("user_id", "user id")
    if not _UID.fullmatch(uid):
        raise MalformedError(_("{name} is not a whole number").format(name="User_ID"))
    return uid


def _second(text: str, zone: timezone) -> int:
    """Return a time in Unix seconds. A year of two digits is of this century."""
    found = _TIME.fullmatch(text)
    year = "" if found is None else found[1] if len(found[1]) == FOUR_DIGITS else f"{CENTURY}{found[1]}"
    try:
        moment = datetime.fromisoformat(year if found is None else f"{year}{found[2]}").replace(tzinfo=zone)
    except ValueError:
        raise MalformedError(_("{name} is not a time").format(name="UTC_Time")) from None
    second = int(moment.timestamp())
    if moment < OPENED or second >= LATEST_SECOND:
        raise MalformedError(_("{name} is not a time").format(name="UTC_Time"))
    return second


DUE = {"deposit": DEPOSITS.title, "withdraw": WITHDRAWALS.title}
_COLUMNS = frozenset({"account", "operation", "coin", "change"})
IN_UTC = StatementFormat(
    id="binance-statement",
    columns=_COLUMNS | {"utc_time"},
    heading="User_ID, UTC_Time, Account, Operation, Coin, Change, Remark",
    read=statement_row,
    unzoned="withdrawal",
    due=DUE,
)
IN_A_ZONE = replace(IN_UTC, columns=_COLUMNS | {"time"}, heading=IN_UTC.heading.replace("UTC_", ""), is_zoned=True)
FORMATS = (IN_UTC, IN_A_ZONE)
