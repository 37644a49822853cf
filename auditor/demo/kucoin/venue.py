"""KuCoin on the demo server."""

from __future__ import annotations

from auditor.demo.kucoin.endpoints import PUBLIC, READS
from auditor.demo.kucoin.protocol import authenticate
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="kucoin",
    prefixes=("/api/v1/", "/api/v2/", "/api/v3/", "/api/ua/"),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"code": "404", "msg": "Not Found"},
    listed=read_reference(__file__),
)
