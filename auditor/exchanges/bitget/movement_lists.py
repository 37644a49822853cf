"""Bitget: lists of what was paid in and out and moved, which show a part of the ledgers over again.

The wallet that a deposit goes to is the user's choice, so that a row of any ledger may be it, but for the halves of
transfers: these have their own other half.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from auditor.exchanges.bitget.history_kinds import (
    DEPOSIT,
    FUNDING,
    FUTURES,
    FUTURES_KINDS,
    GROUP_KINDS,
    MOVED,
    MOVED_GROUP,
    SPOT,
    UNIFIED,
    UNIFIED_KINDS,
    WITHDRAWAL,
)
from auditor.exchanges.bitget.movement_rows import (
    CLASSIC,
    V3,
    Spelling,
    amount_mark,
    deposit,
    gift,
    is_own_move,
    move,
    withdrawal,
)
from auditor.exchanges.bitget.sources import TEN, asking, documented, kept, rows_or_none, rows_or_null, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint, Limit, RowSelector, Token
from auditor.spec.fields import optional_amount, required, time
from auditor.spec.history import WalletTransfer
from auditor.spec.second_list import SecondList

BY_CURSOR = Token(size=100, next="cursor", may_lack=True)
"""Pages of a unified account's lists; on the last one the token is null, blank, or leads to an empty page."""
OF_ALL = replace(BY_CURSOR, all_rows="list")
"""The same of lists of which a part is read."""
FIVE = Limit(5, 1)


@dataclass(frozen=True, slots=True)
class _Movements:
    """Deposits and withdrawals of one kind of account.

    ``cursor``: the parameter of a page, just above its first id; ``perhaps``: types of rows that may be one, by wallet.
    """

    wallet: str
    folder: str
    cursor: str
    spelling: Spelling
    perhaps: Mapping[str, frozenset[str]]

    def deposits(self) -> SecondList:
        """Return the list of deposits."""
        listed = self._listed("deposits", mark("Deposits"), "Get Deposit Records")
        return replace(listed, read=self.spelling.reader(deposit), types=DEPOSIT)

    def withdrawals(self) -> SecondList:
        """Return the list of withdrawals."""
        listed = self._listed("withdrawals", mark("Withdrawals"), "Get Withdrawal Records")
        return replace(listed, read=self.spelling.reader(withdrawal), types=WITHDRAWAL)

    def _endpoint(self, list_id: str, page: str) -> Endpoint:
        path, pages = f"{self.folder}/{list_id.removesuffix('s')}-records", Cursor(cursor=self.cursor, key="orderId")
        return documented(path, page, TEN, asking(), rows=rows_or_null, pages=pages, windows=windows(30))

    def _listed(self, list_id: str, title: str, page: str) -> SecondList:
        return SecondList(
            id=list_id,
            title=title,
            wallet=self.wallet,
            endpoint=self._endpoint(list_id, page),
            reach=kept(page),
            key="orderId",
            time=self.spelling.created,
            ties=True,
            ordered=False,
            fields=(
                *required(texts="orderId coin status", amounts="size"),
                optional_amount("fee"),
                time(self.spelling.created),
            ),
            read=self.spelling.reader(deposit),
            table="movements",
            mark=amount_mark,
            perhaps=self.perhaps,
            also=dict.fromkeys(self.perhaps.keys() - {self.wallet}, frozenset()),
        )


NOT_MOVED = {
    FUNDING: frozenset(GROUP_KINDS) - MOVED_GROUP,
    UNIFIED: frozenset(UNIFIED_KINDS) - MOVED,
}
NOT_MOVED_CLASSIC = {
    SPOT: frozenset(GROUP_KINDS) - MOVED_GROUP,
    **dict.fromkeys(FUTURES, frozenset(FUTURES_KINDS)),
}
UNIFIED_MOVEMENTS = _Movements(FUNDING, "v3/account", "cursor", V3, NOT_MOVED)
CLASSIC_MOVEMENTS = _Movements(SPOT, "v2/spot/wallet", "idLessThan", CLASSIC, NOT_MOVED_CLASSIC)


def moved(*, own: bool) -> RowSelector:
    """Select the rows of transfers between the account's own two ledgers, or the others."""
    select = rows_or_none("list")
    return lambda data: [row for row in select(data) if is_own_move(row) is own]


def _transfers(list_id: str, title: str, role: str, *, own: bool) -> SecondList:
    path, page = "v3/account/sub-transfer-record", "Get Transfer Records of Main-Sub Account"
    asked = (FIVE, asking(role=role))
    return SecondList(
        id=list_id,
        title=title,
        wallet=FUNDING,
        endpoint=documented(path, page, *asked, rows=moved(own=own), pages=OF_ALL, windows=windows(90)),
        reach=kept(page),
        key="transferId",
        time="createdTime",
        ties=True,
        ordered=False,
        fields=required(
            texts="transferId coin fromType toType status fromUserId toUserId", amounts="amount", times="createdTime"
        ),
        read=move if own else gift,
        mark=amount_mark,
        also={UNIFIED: frozenset()},
        main_only=True,
    )


MOVES = replace(
    _transfers("transfers", mark("Transfers between your wallets"), "initiator", own=True),
    perhaps={FUNDING: MOVED_GROUP, UNIFIED: MOVED},
)
# Halves that have no other in the other wallet are looked for here.
GIVEN = replace(
    _transfers("sent-transfers", mark("Transfers to sub-accounts"), "initiator", own=False), table="transfers"
)
TAKEN = replace(
    _transfers("received-transfers", mark("Transfers from sub-accounts"), "receiver", own=False), table="transfers"
)
MOVEMENTS = (UNIFIED_MOVEMENTS.deposits(), UNIFIED_MOVEMENTS.withdrawals(), MOVES, GIVEN, TAKEN)
TRANSFERS = (WalletTransfer(wallets=(FUNDING, UNIFIED), types=(MOVED_GROUP, MOVED)),)
