"""Binance: its wallets, and their totals as a cross-check."""

from typing import Any

from auditor.exchanges.binance.readers import wallets
from auditor.exchanges.binance.sources import DAPI, EAPI, FAPI_3, PAPI, SAPI, SAPI_3, dapi, eapi, fapi, papi, sapi
from auditor.exchanges.binance.table.shared import (
    FUTURES,
    MARGIN,
    NO_PORTFOLIO_MARGIN,
    OPTIONS,
    PORTFOLIO,
    READERS_REFUSED,
    surface,
)
from auditor.model.records import Area
from auditor.spec.fields import Field
from auditor.spec.surface import Limit, Query, Site, Surface, listed


def _wallet(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    return surface(name, title, site, path, limit, *proves, area=Area.BALANCES, **more)


BALANCES = (
    _wallet(
        "spot",
        "Spot wallet",
        SAPI_3,
        "asset/getUserAsset",
        sapi(5),
        *wallets.ASSET,
        method="POST",
        read=wallets.wallet("spot"),
    ),
    _wallet(
        "funding",
        "Funding wallet",
        SAPI,
        "asset/get-funding-asset",
        sapi(1),
        *wallets.ASSET,
        method="POST",
        read=wallets.wallet("funding"),
    ),
    _wallet(
        "spot-set-aside",
        "Spot wallet: what is in a launch or stored",
        SAPI,
        "capital/config/getall",
        sapi(10),
        *wallets.SET_ASIDE,
        read=wallets.set_aside,
    ),
    _wallet(
        "cross-margin",
        "Cross margin wallet",
        SAPI,
        "margin/account",
        sapi(10),
        *wallets.MARGIN,
        rows=listed("userAssets"),
        read=wallets.cross,
        **MARGIN,
    ),
    _wallet(
        "isolated-margin",
        "Isolated margin wallets",
        SAPI,
        "margin/isolated/account",
        sapi(10),
        *wallets.ISOLATED,
        rows=listed("assets"),
        read=wallets.isolated,
        **MARGIN,
    ),
    *(
        _wallet(
            name,
            f"{title} futures wallet",
            site,
            "account",
            limit,
            *wallets.FUTURES,
            rows=listed("assets"),
            read=wallets.futures(name),
            **FUTURES,
        )
        for name, title, site, limit in (("usd-m", "USD-M", FAPI_3, fapi(5)), ("coin-m", "COIN-M", DAPI, dapi(5)))
    ),
    _wallet(
        "options",
        "Options wallet",
        EAPI,
        "marginAccount",
        eapi(3),
        *wallets.OPTIONS,
        rows=listed("asset"),
        read=wallets.options,
        **OPTIONS,
    ),
    _wallet(
        "portfolio-margin",
        "Portfolio margin account",
        PAPI,
        "balance",
        papi(20),
        *wallets.PORTFOLIO,
        read=wallets.portfolio("portfolio-margin"),
        **PORTFOLIO,
    ),
    _wallet(
        "portfolio-margin-pro",
        "Portfolio Margin Pro",
        SAPI,
        "portfolio/balance",
        sapi(20),
        *wallets.PORTFOLIO,
        read=wallets.portfolio("portfolio-margin-pro"),
        absent=NO_PORTFOLIO_MARGIN,
        by_eye=READERS_REFUSED,
    ),
    _wallet(
        "valuation",
        "Wallet totals (cross-check)",
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        *wallets.TOTALS,
        queries=(Query(params={"quoteAsset": "BTC"}),),
        rows=wallets.totals,
        read=wallets.valuation,
    ),
)
