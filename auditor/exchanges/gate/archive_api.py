"""Gate: how an archive asks its lists, which an audit never asks."""

from auditor.exchanges.gate.envelope import unwrap
from auditor.exchanges.gate.errors import CLOCK_LABELS, ERRORS, error_label
from auditor.spec.exchange import Api

API = Api(
    credentials=("apiKey", "secret"),
    unwrap=unwrap,
    error_code=error_label,
    errors=ERRORS,
    clock_codes=CLOCK_LABELS,
)
