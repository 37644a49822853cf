"""HTX: the lists of an archive. Each account's ledger prints the balance after every change, for the last 29 days.

USDT-margined contracts have bills without balances, which are added up.

An account may be older, and nothing says how old: an archive of HTX is never complete, and says what is missing.
"""

from dataclasses import replace

from auditor.exchanges.htx.accounts import ACCOUNTS, ACCOUNTS_ID, ANY, LOANS, HtxAccount, accounts_in
from auditor.exchanges.htx.archive_lists import BORROWED, LOAN_LISTS, SHARED_LISTS, transfers_of
from auditor.exchanges.htx.contract_lists import CONTRACT_LISTS
from auditor.exchanges.htx.contracts import BILLS, USDT_CONTRACTS
from auditor.exchanges.htx.history_kinds import KINDS
from auditor.exchanges.htx.ledgers import ledger_of
from auditor.exchanges.htx.products import TOTALS, of_accounts_here
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.paged_list import RowsOf
from auditor.spec.second_list import SecondList


def with_accounts(rows_of: RowsOf) -> History:
    """Return the lists of the accounts that HTX named."""
    accounts = tuple(accounts_in(rows_of(ACCOUNTS_ID)))
    wallets = {one.id: one.wallet for one in accounts}
    return replace(
        HISTORY,
        ledgers=tuple(map(ledger_of, accounts)),
        seconds=(
            ACCOUNTS,
            *SHARED_LISTS,
            *CONTRACT_LISTS,
            *(_of_borrowers(one, accounts) for one in LOAN_LISTS),
            *(transfers_of(one, wallets) for one in accounts),
        ),
        kinds={one.wallet: KINDS for one in accounts},
        totals=replace(TOTALS, here=of_accounts_here(one.type for one in accounts)),
    )


def _of_borrowers(listed: SecondList, accounts: tuple[HtxAccount, ...]) -> SecondList:
    """Return a list of loans with the accounts whose ledgers show that there are some."""
    return replace(listed, used_by={one.wallet: BORROWED for one in accounts if one.type in LOANS})


HISTORY = History(
    ledgers=(ledger_of(ANY),),
    seconds=(ACCOUNTS, *SHARED_LISTS, *CONTRACT_LISTS, *LOAN_LISTS, transfers_of(ANY, {})),
    kinds={ANY.wallet: KINDS},
    summed=(USDT_CONTRACTS,),
    changes=(BILLS,),
    totals=TOTALS,
    contracts="-",
    named_by=ACCOUNTS_ID,
    of_accounts=with_accounts,
    missing=(
        mark(
            "HTX gives an API the changes of balances of the last 29 days, bills and orders of contracts of 90, their "
            "trades of 3 for certain, trades of spot of 120, and orders and transfers of 180. What is older you get "
            "from its site alone: export it there (www.htx.com) before you close the account, while you can still log "
            "in."
        ),
        mark(
            "The histories of coin-margined contracts, conditional orders of spot, Earn, crypto loans, options, copy "
            "trading, trading bots, P2P and sub-accounts are not in this archive, and those of the fiat (OTC) account "
            "may lack rows: export them on HTX's site, too. What went into them and came out is in the ledgers."
        ),
    ),
    remarks=(
        mark("HTX keeps orders that were cancelled through the API for two hours."),
        mark(
            "A row of type other-types that left the balance as it was froze coins or set them free: it is written "
            "with a change of 0, and with the amount in its description."
        ),
    ),
)
