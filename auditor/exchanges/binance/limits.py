"""Binance: the sites of its API, and the weight of a request in their rate limits."""

from auditor.spec.endpoint import Limit, Site

API = Site("private", "/api/v3/", "api")
PUBLIC = Site("public", "/api/v3/", "api")
SAPI = Site("sapi", "/sapi/v1/", "api")
SAPI_2 = Site("sapiV2", "/sapi/v2/", "api")
SAPI_3 = Site("sapiV3", "/sapi/v3/", "api")
SAPI_4 = Site("sapiV4", "/sapi/v4/", "api")
FAPI = Site("fapiPrivate", "/fapi/v1/", "fapi")
FAPI_3 = Site("fapiPrivateV3", "/fapi/v3/", "fapi")
DAPI = Site("dapiPrivate", "/dapi/v1/", "dapi")
EAPI = Site("eapiPrivate", "/eapi/v1/", "eapi")
PAPI = Site("papi", "/papi/v1/", "papi")

MINUTE = 60
USED_WEIGHT = "X-MBX-USED-WEIGHT-1M"


def api(weight: int) -> Limit:
    """Spot: 6000 of weight a minute for each address."""
    return Limit(6000, MINUTE, pool="api", cost=weight, shared=True, header=USED_WEIGHT)


def sapi(weight: int) -> Limit:
    """Wallet and earn: 12000 of weight a minute for each address.

    All paths share it here, to be safe.
    """
    return Limit(12000, MINUTE, pool="sapi", cost=weight, shared=True, header="X-SAPI-USED-IP-WEIGHT-1M")


def uid(weight: int) -> Limit:
    """Wallet and earn, paths limited by user: 180000 of weight a minute for each path."""
    return Limit(180000, MINUTE, cost=weight, header="X-SAPI-USED-UID-WEIGHT-1M")


def fapi(weight: int) -> Limit:
    """USD-M futures: 2400 of weight a minute for each address."""
    return Limit(2400, MINUTE, pool="fapi", cost=weight, shared=True, header=USED_WEIGHT)


def dapi(weight: int) -> Limit:
    """COIN-M futures: 2400 of weight a minute for each address."""
    return Limit(2400, MINUTE, pool="dapi", cost=weight, shared=True, header=USED_WEIGHT)


def eapi(weight: int) -> Limit:
    """Options: 400 of weight a minute for each address."""
    return Limit(400, MINUTE, pool="eapi", cost=weight, shared=True, header=USED_WEIGHT)


def papi(weight: int) -> Limit:
    """Portfolio margin: 6000 of weight a minute for each address."""
    return Limit(6000, MINUTE, pool="papi", cost=weight, shared=True, header=USED_WEIGHT)
