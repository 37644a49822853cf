"""MEXC: how an archive asks its lists. An audit reads MEXC through ccxt's unified methods."""

from auditor.exchanges.mexc.envelope import unwrap
from auditor.exchanges.mexc.errors import ERRORS, error_code
from auditor.spec.exchange import Api

API = Api(credentials=("apiKey", "secret"), unwrap=unwrap, error_code=error_code, errors=ERRORS)
