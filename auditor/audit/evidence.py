"""`--evidence DIR`: the exchange's raw answers for an auditor.

Opt-in; without headers and secrets.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from auditor.formats.atomic_write import remove_leftovers, replace_file
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders
from auditor.security.redaction import SECRETS

# Query parameters that signing adds: a second net, as the transport hands over none that the program did not ask.
SIGNING = frozenset({"signature", "timestamp", "recvwindow", "apikey", "accesskeyid", "nonce"})
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
PRIVATE_FOLDER = 0o700


class Evidence:
    """Writes one file for each answer into a new folder for this pass."""

    def __init__(self, folder: Path) -> None:
        """Create this pass's folder in ``folder``. Raises UserError where that fails."""
        self._count = 0
        self.folder = folder / datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        try:
            make_private_folders(folder)
            self.folder.mkdir(mode=PRIVATE_FOLDER)
            for earlier in folder.iterdir():
                remove_leftovers(earlier)
        except OSError as error:
            raise UserError(_("{path} cannot be made: {why}.").format(path=folder, why=error.strerror)) from None

    def keep(self, method: str, url: str, status: int, body: str) -> None:
        """Write one answer, without known secrets: an exchange, or the name of an account, may repeat one."""
        address = urlsplit(url)
        path = SECRETS.text(unquote(address.path))
        self._count += 1
        answer = {
            "received_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "endpoint": f"{method} {path}",
            "query": _unsigned_query(address.query),
            "status": status,
            "body": _readable(body),
        }
        name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:80]
        text = json.dumps(SECRETS.data(answer), indent=1, ensure_ascii=True) + "\n"
        replace_file(self.folder / f"{self._count:05d}-{name}.json", text.encode())


def _readable(body: str) -> str:
    """Return the body; with its escaped letters written out where a known secret hides behind them."""
    written = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), body).replace("\\/", "/")
    return body if SECRETS.text(written) == written else written


def _unsigned_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(SECRETS.text(name), SECRETS.text(value)) for name, value in pairs if name.lower() not in SIGNING]
    return urlencode(kept, safe="*")
