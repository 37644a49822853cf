"""Bybit on the demo server."""

from __future__ import annotations

from auditor.demo.bybit.endpoints import PUBLIC, READS
from auditor.demo.bybit.protocol import authenticate
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="bybit",
    prefixes=("/v5/",),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown="",
    listed=read_reference(__file__),
)
