"""Gate: lists of what was paid in and out, which show a part of the spot account's ledger over again."""

from datetime import UTC, datetime
from functools import partial

from auditor.exchanges.gate.history_kinds import DEPOSIT, MARGIN, SPOT, SUB_ACCOUNT, WITHDRAWAL
from auditor.exchanges.gate.listed_rows import amount_mark, deposit, gift, margin_move, push, withdrawal
from auditor.exchanges.gate.sources import DOC, documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered, Offset
from auditor.spec.fields import amount, optional_amount, required, text
from auditor.spec.paged_list import Partition, Reach
from auditor.spec.second_list import SecondList

PAGES = Offset(size=100)
ANY_REACH = Reach(words=mark("without a stated limit"), source=DOC)
_beside_spot = partial(SecondList, wallet=SPOT, unit="s", ordered=False, mark=amount_mark)
# The state of a row changes while it is under way: it is known by its id, or where it has none, by its content.

DEPOSITS = _beside_spot(
    id="deposits",
    key="id",
    title=mark("Deposits"),
    endpoint=documented("wallet/deposits", "Get deposit records", pages=PAGES, windows=months()),
    reach=ANY_REACH,
    time="timestamp",
    fields=(text("id"), text("timestamp"), text("currency"), amount("amount"), text("status")),
    read=deposit,
    table="movements",
    perhaps={SPOT: DEPOSIT},
)
WITHDRAWALS = _beside_spot(
    id="withdrawals",
    key="id",
    title=mark("Withdrawals"),
    endpoint=documented("wallet/withdrawals", "Get withdrawal records", pages=PAGES, windows=months()),
    reach=ANY_REACH,
    time="timestamp",
    fields=(*required(texts="id timestamp currency status", amounts="amount"), optional_amount("fee")),
    read=withdrawal,
    table="movements",
    perhaps={SPOT: WITHDRAWAL},
)
PUSHES = _beside_spot(
    id="pushes",
    key="id",
    title=mark("Transfers to and from other Gate users"),
    endpoint=documented("wallet/push", "Get UID transfer history", pages=PAGES, windows=months()),
    reach=ANY_REACH,
    time="create_time",
    # Without it, only what was sent is listed.
    partition=Partition(parameter="transaction_type", values=("withdraw", "deposit"), field="transaction_type"),
    fields=required(texts="id create_time currency status transaction_type", amounts="amount"),
    read=push,
    table="movements",
    perhaps={SPOT: DEPOSIT | WITHDRAWAL},
)
GIFTS = _beside_spot(
    id="sub-account-transfers",
    key="",
    title=mark("Transfers to and from sub-accounts"),
    endpoint=documented(
        "wallet/sub_account_transfers",
        "Get transfer records between main and sub accounts",
        pages=PAGES,
        windows=months(),
    ),
    reach=Reach(words=mark("since 2020-04-10"), source=DOC, first=datetime(2020, 4, 10, tzinfo=UTC)),
    time="timest",
    fields=required(texts="timest uid sub_account currency direction", amounts="amount"),
    read=gift,
    table="transfers",
    perhaps={SPOT: SUB_ACCOUNT},
    main_only=True,
)
MARGIN_MOVES = _beside_spot(
    id="margin-transfers",
    key="",
    title=mark("Transfers to and from isolated margin"),
    endpoint=documented(
        "margin/account_book",
        "Query margin account balance change history",
        pages=Numbered(number="page", limit="limit", size=100, total=None),
        windows=months(),
    ),
    reach=ANY_REACH,
    time="time_ms",
    unit="ms",
    fields=required(texts="id time_ms currency", amounts="change"),
    read=margin_move,
    table="transfers",
    perhaps={SPOT: MARGIN},
)

MOVEMENTS = (DEPOSITS, WITHDRAWALS, PUSHES, GIFTS, MARGIN_MOVES)
