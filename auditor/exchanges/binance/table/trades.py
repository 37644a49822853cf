"""Binance: open orders and positions."""

from typing import Any

from auditor.exchanges.binance.readers import trades
from auditor.exchanges.binance.readers.rows import counted
from auditor.exchanges.binance.sources import (
    API,
    DAPI,
    DOC,
    EAPI,
    FAPI,
    FAPI_3,
    PAPI,
    SAPI,
    SEEN,
    api,
    dapi,
    eapi,
    fapi,
    papi,
    sapi,
    uid,
)
from auditor.exchanges.binance.table.shared import FUTURES, MARGIN, OPTIONS, PORTFOLIO, READERS_REFUSED, surface
from auditor.model.records import Area
from auditor.spec.fields import text
from auditor.spec.surface import Limit, Reader, Site, Surface, listed

IN_PAIRS = {**MARGIN, "after": ("products", "isolated-margin"), "plan": trades.each_isolated_pair}


def _orders(name: str, title: str, site: Site, path: str, limit: Limit, **more: Any) -> Surface:
    number = more.pop("number", "orderId")
    read: Reader = more.pop("read", trades.order(number))
    return surface(name, title, site, path, limit, text(number), area=Area.ORDERS, read=read, value=False, **more)


ORDERS = (
    _orders("orders", "Spot orders", API, "openOrders", api(80)),
    _orders("order-lists", "Spot order lists (OCO, OTO)", API, "openOrderList", api(6), number="orderListId"),
    _orders("margin-orders", "Margin orders", SAPI, "margin/openOrders", sapi(10), **IN_PAIRS),
    _orders(
        "margin-order-lists",
        "Margin OCO orders",
        SAPI,
        "margin/openOrderList",
        sapi(10),
        number="orderListId",
        **IN_PAIRS,
    ),
    _orders("usd-m-orders", "USD-M futures orders", FAPI, "openOrders", fapi(40), **FUTURES),
    _orders(
        "usd-m-conditional",
        "USD-M futures conditional orders",
        FAPI,
        "openAlgoOrders",
        fapi(40),
        number="algoId",
        **FUTURES,
    ),
    _orders("coin-m-orders", "COIN-M futures orders", DAPI, "openOrders", dapi(40), **FUTURES),
    _orders("options-orders", "Options orders", EAPI, "openOrders", eapi(40), **OPTIONS),
    *(
        _orders(f"portfolio-{name}", f"Portfolio margin: {title}", PAPI, path, papi(weight), number=number, **PORTFOLIO)
        for name, title, path, weight, number in (
            ("usd-m-orders", "USD-M orders", "um/openOrders", 40, "orderId"),
            ("coin-m-orders", "COIN-M orders", "cm/openOrders", 40, "orderId"),
            ("usd-m-algo", "USD-M algo orders", "um/algo/openAlgoOrders", 1, "algoId"),
            ("usd-m-conditional", "USD-M conditional orders", "um/conditional/openOrders", 40, "strategyId"),
            ("coin-m-conditional", "COIN-M conditional orders", "cm/conditional/openOrders", 40, "strategyId"),
            ("order-lists", "margin OCO orders", "margin/openOrderList", 5, "orderListId"),
        )
    ),
    *(
        _orders(
            f"{kind}-algo",
            f"{title} algo orders (TWAP, VP)",
            SAPI,
            f"algo/{kind}/openOrders",
            sapi(1),
            number="algoId",
            rows=counted("orders"),
            by_eye=READERS_REFUSED,
            source=f"{DOC}, Algo trading; refused to keys that can only read: {SEEN}",
        )
        for kind, title in (("spot", "Spot"), ("futures", "Futures"))
    ),
    _orders(
        "convert-orders",
        "Convert limit orders",
        SAPI,
        "convert/limit/queryOpenOrders",
        uid(3000),
        rows=listed("list"),
        read=trades.convert,
    ),
    # Documented for accounts with stocks only, so a refusal says nothing about others.
    _orders("stock-orders", "Stock orders", SAPI, "equity/order/open-orders", sapi(1), some=True),
)

POSITIONS = tuple(
    surface(name, title, site, path, limit, *proves, area=Area.POSITIONS, read=read, **product)
    for name, title, site, path, limit, proves, read, product in (
        (
            "usd-m-positions",
            "USD-M futures positions",
            FAPI_3,
            "positionRisk",
            fapi(5),
            trades.POSITION,
            trades.position("USD-M futures"),
            FUTURES,
        ),
        (
            "coin-m-positions",
            "COIN-M futures positions",
            DAPI,
            "positionRisk",
            dapi(1),
            trades.POSITION,
            trades.position("COIN-M futures"),
            FUTURES,
        ),
        (
            "options-positions",
            "Options positions",
            EAPI,
            "position",
            eapi(5),
            trades.OPTION,
            trades.option,
            OPTIONS,
        ),
        *(
            (
                f"portfolio-{kind}-positions",
                f"Portfolio margin: {title} positions",
                PAPI,
                f"{path}/positionRisk",
                papi(5),
                trades.POSITION,
                trades.position(f"{title}, portfolio margin"),
                PORTFOLIO,
            )
            for kind, title, path in (("usd-m", "USD-M", "um"), ("coin-m", "COIN-M", "cm"))
        ),
    )
)
