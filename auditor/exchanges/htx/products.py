"""HTX: what is in each product, as the valuation of the whole account shows it, also in those without a ledger here."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.htx.sources import documented
from auditor.i18n import _
from auditor.spec.endpoint import Limit
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import object_row, rows_in
from auditor.spec.summed import WalletTotals

NAME, AMOUNT = "name", "accountBalance"
PRODUCTS: Mapping[str, str] = {
    "1": "Spot",
    "2": "Isolated margin",
    "3": "Cross margin",
    "4": "Coin-margined futures",
    "5": "Fiat (OTC)",
    "6": "Mine pool",
    "7": "Coin-margined swaps",
    "8": "Investments",
    "9": "Borrowing (C2C)",
    "10": "Earn",
    "11": "USDT-margined contracts",
    "12": "Options",
    "13": "OTC options",
    "14": "Crypto loans",
    "15": "Grid trading",
    "16": "Mine pool (new)",
}
"""By distributionType, in HTX's own words (Get the Total Valuation of Platform Assets, November 2025)."""
CONTRACTS_HERE = PRODUCTS["11"]
"""The one of contracts whose bills are here."""
OF_TYPES: Mapping[str, str] = {"spot": "1", "margin": "2", "super-margin": "3", "cross-margin": "3", "otc": "5"}
"""Products that are an account of this type, whose ledger is here."""


def product_rows(data: object) -> list[object]:
    """Return each product with its name. Raises MalformedError for one of which HTX knows nothing at the moment."""
    (answer,) = object_row(data)
    return [_named(row) for row in rows_in("profitAccountBalanceList")(answer)]


def _named(row: object) -> object:
    if not isinstance(row, dict) or row.get("success") is not True:
        raise MalformedError(_("{name} is missing").format(name="success"))
    code = str(row.get("distributionType"))
    return {**row, NAME: PRODUCTS.get(code, code)}


def of_accounts_here(types: Iterable[str]) -> frozenset[str]:
    """Return the names of products that are accounts of these types."""
    return frozenset((CONTRACTS_HERE, *(PRODUCTS[OF_TYPES[one]] for one in types if one in OF_TYPES)))


TOTALS = WalletTotals(
    shown=ShownBalances(
        endpoint=documented(
            "v2/account/valuation",
            "Get the Total Valuation of Platform Assets",
            Limit(3, 1),
            params={"valuationCurrency": "BTC"},
            rows=product_rows,
        ),
        asset=NAME,
        amount=AMOUNT,
        several=True,
    ),
    here=frozenset(),
)
