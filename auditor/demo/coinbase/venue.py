"""Coinbase on the demo server."""

from __future__ import annotations

from auditor.demo.coinbase.endpoints import PUBLIC, READS
from auditor.demo.coinbase.protocol import authenticate
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="coinbase",
    prefixes=("/api/v3/brokerage/", "/v2/"),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"error": "NOT_FOUND", "error_details": "no such path", "message": "no such path"},
    listed=read_reference(__file__),
)
