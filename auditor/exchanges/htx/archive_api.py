"""HTX: how the requests of an archive are signed, and what their answers mean."""

from auditor.exchanges.htx.envelope import error_code, unwrap
from auditor.exchanges.htx.errors import ERRORS
from auditor.spec.exchange import Api

API = Api(
    credentials=("apiKey", "secret"),
    unwrap=unwrap,
    error_code=error_code,
    errors=ERRORS,
    # A signature is good for five minutes, and the refusal of an older one has no code of its own.
    refuses_wrong_clocks=True,
)
