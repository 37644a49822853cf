"""Binance: the spot and funding wallets."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.binance.limits import SAPI, SAPI_3, sapi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.readers import figures
from auditor.model.amounts import total
from auditor.model.records import Area, Balance, Part, Record
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface

ASSET = (text("asset"), amount("free"), amount("locked"), amount("freeze"), amount("withdrawing"))
ASSET_PARTS: Mapping[str, str] = {
    Part.AVAILABLE: "free",
    Part.IN_ORDERS: "locked",
    Part.FROZEN: "freeze",
    "withdrawing": "withdrawing",
}


def wallet(name: str) -> Reader:
    """Read an asset of a wallet, of this account or the scope's sub-account."""

    @reads(*ASSET)
    def read(row: Row, context: Context) -> Iterable[Record]:
        held = figures(row, ASSET_PARTS)
        subscribable = row.hint_amount("ipoable")
        yield Balance(
            subject=row.text("asset"),
            row=row.raw,
            owner=context.scope.owner,
            wallet=name,
            asset=row.text("asset"),
            amount=total(held.values()),
            held=held if subscribable is None else {**held, "ipoable": subscribable},
        )

    return read


SPOT = Surface(
    id="spot",
    area=Area.BALANCES,
    title="Spot wallet",
    endpoint=documented(SAPI_3, "asset/getUserAsset", sapi(5), method="POST"),
    reader=wallet("spot"),
)
FUNDING = Surface(
    id="funding",
    area=Area.BALANCES,
    title="Funding wallet",
    endpoint=documented(SAPI, "asset/get-funding-asset", sapi(1), method="POST"),
    reader=wallet("funding"),
)


@reads(text("coin"), amount("ipoing"), amount("ipoable"), amount("storage"))
def set_aside(row: Row, _context: Context) -> Iterable[Record]:
    """Read amounts of a coin that the spot wallet's request omits: in a launch, or stored."""
    held = figures(row, {"launch": "ipoing", "ipoable": "ipoable", "stored": "storage"})
    if any(held.values()):
        yield Balance(
            subject=row.text("coin"),
            row={name: value for name, value in row.raw.items() if name != "networkList"},
            wallet="spot",
            asset=row.text("coin"),
            amount=total(value for part, value in held.items() if part != "ipoable"),
            held=held,
            tradable=False,
        )


SPOT_SET_ASIDE = Surface(
    id="spot-set-aside",
    area=Area.BALANCES,
    title="Spot wallet: what is in a launch or stored",
    endpoint=documented(SAPI, "capital/config/getall", sapi(10)),
    reader=set_aside,
)

WALLETS = (SPOT, FUNDING, SPOT_SET_ASIDE)
