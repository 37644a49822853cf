"""Kraken: the boxes of a key, by what they open.

Source: Kraken REST API, docs.kraken.com/api, API key permissions, June 2026.
"""

from auditor.i18n import mark

FUNDS = mark("Query Funds (query-funds)")
OPEN_ORDERS = mark("Query Open Orders & Trades (query-open-trades)")
LEDGER = mark("Query Ledger Entries (query-ledger)")
