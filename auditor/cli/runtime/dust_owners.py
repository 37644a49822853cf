"""Whose each saved dust list is: accounts of one name differ by the exchange's number, which the list does not have.

A private file keeps a digest of the numbers by the path of the list. Without it, names alone tell lists apart.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import TypeAdapter, ValidationError

from auditor.formats.atomic_write import replace_file
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.security.paths import check_default_folder, make_private_folders

FILE_NAME = "dust-lists.json"
LARGEST = 1_000_000
MOST_LISTS = 500
Owners = Mapping[str, str]
"""A digest of the account's number, by exchange and name."""
_CONTENT = TypeAdapter(dict[str, dict[str, str]])


def default_path() -> Path:
    """Return the path of the file."""
    return platformdirs.user_data_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def is_of_namesake(path: Path, report: Report) -> bool:
    """Return whether the list at ``path`` was saved for an account of the same name with another number."""
    saved, now = _load().get(str(path.resolve()), {}), _owners(report)
    return any(saved[name] != digest for name, digest in now.items() if name in saved)


def remember(path: Path, report: Report) -> None:
    """Keep whose list was saved at ``path``; a file that cannot be written costs no list."""
    place, lists, owners = str(path.resolve()), _load(), _owners(report)
    if not owners:
        return
    kept = [*((name, others) for name, others in lists.items() if name != place), (place, dict(owners))]
    file = default_path()
    try:
        check_default_folder(file.parent, "XDG_DATA_HOME")
        make_private_folders(file.parent)
        replace_file(file, _CONTENT.dump_json(dict(kept[-MOST_LISTS:])))
    except (OSError, UserError):
        return


def _owners(report: Report) -> Owners:
    snapshots = (account.snapshot for account in report.accounts)
    return {f"{one.exchange}/{one.name}": _digest(f"{one.exchange}/{one.uid}") for one in snapshots if one.uid}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _load() -> dict[str, dict[str, str]]:
    """Return what is kept; nothing where it cannot be read."""
    try:
        with default_path().open("rb") as file:
            return _CONTENT.validate_json(file.read(LARGEST))
    except (OSError, ValidationError):
        return {}
