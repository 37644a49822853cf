"""Bitget: how an archive asks its lists. An audit reads Bitget through ccxt's unified methods."""

from auditor.exchanges.bitget.archive_errors import ERRORS
from auditor.exchanges.bitget.envelope import error_code, unwrap
from auditor.spec.exchange import Api

API = Api(
    credentials=("apiKey", "secret", "password"),
    unwrap=unwrap,
    error_code=error_code,
    errors=ERRORS,
)
