"""OKX (US): the table of OKX at a site with accounts and keys of its own."""

from auditor.exchanges.okx.exchange import table

EXCHANGE = table("okxus", "OKX (US)")
