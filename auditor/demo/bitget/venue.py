"""Bitget on the demo server."""

from __future__ import annotations

from auditor.demo.bitget.endpoints import PUBLIC, READS
from auditor.demo.bitget.protocol import authenticate
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="bitget",
    prefixes=("/api/v2/", "/api/v3/"),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"code": "40404", "msg": "Request URL NOT FOUND", "data": None},
    listed=read_reference(__file__),
)
