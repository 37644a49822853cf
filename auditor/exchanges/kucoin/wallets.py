"""KuCoin: the funding (main) and trading accounts, and any other that the same list shows."""

from collections.abc import Iterable

from auditor.exchanges.kucoin.sites import V1, management
from auditor.exchanges.kucoin.sources import documented, queries
from auditor.exchanges.shared.readers import amount_or_seen, figures
from auditor.model.records import Area, Balance, Part, Record
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface

MAIN, TRADE = "main", "trade"
ACCOUNT = (text("currency"), text("type"), amount("balance"), amount("available"), amount("holds"))


def _account(row: Row, wallet: str, subject: str) -> Balance:
    held = figures(row, {Part.AVAILABLE: "available", Part.FROZEN: "holds"})
    return Balance(
        subject=subject,
        row=row.raw,
        wallet=wallet,
        asset=row.text("currency"),
        amount=amount_or_seen(row, "balance", held),
        held=held,
    )


def account(wallet: str) -> Reader:
    """Read a currency of the account of this type; a row whose type was not understood counts too."""

    @reads(*ACCOUNT)
    def read(row: Row, _context: Context) -> Iterable[Record]:
        if row.text("type").lower() == wallet or not row.is_understood("type"):
            yield _account(row, wallet, row.text("currency"))

    return read


@reads(*ACCOUNT)
def other_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a currency of an account of any further type: options, old margin accounts, types of the future."""
    kind = row.text("type").lower()
    if kind not in {MAIN, TRADE} and row.is_understood("type"):
        yield _account(row, kind, f"{kind}:{row.text('currency')}")


FUNDING = Surface(
    id="main",
    area=Area.BALANCES,
    title="Funding account",
    endpoint=documented(V1, "accounts", management(5), queries=queries("type", MAIN)),
    reader=account(MAIN),
)
TRADING = Surface(
    id="trade",
    area=Area.BALANCES,
    title="Trading account",
    endpoint=documented(V1, "accounts", management(5), queries=queries("type", TRADE)),
    reader=account(TRADE),
)
OTHERS = Surface(
    id="other-accounts",
    area=Area.BALANCES,
    title="Further account (options, high frequency)",
    endpoint=documented(V1, "accounts", management(5), queries=(Query(),)),
    reader=other_account,
)

WALLETS = (FUNDING, TRADING, OTHERS)
