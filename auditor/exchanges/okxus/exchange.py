"""OKX (US): OKX at a site with accounts and keys of its own."""

from auditor.exchanges.okx.exchange import okx_exchange

EXCHANGE = okx_exchange("okxus", "OKX (US)")
