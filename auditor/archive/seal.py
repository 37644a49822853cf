"""The seal of an archive: a bag by RFC 8493 (BagIt 1.0), so that `sha256sum -c` and any archivist's tool check it.

Written here and not by the library bagit, which moves files and holds all hashes of a bag at once: what is sealed here
lies in place already. Its validator is used by the tests.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.archive.folder import DATA, OWNER_ONLY, sync_folder
from auditor.archive.raw import DamagedError
from auditor.i18n import _

MANIFEST, TAGMANIFEST, DECLARATION, INFO = (
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "bagit.txt",
    "bag-info.txt",
)
TAG_FILES = (DECLARATION, INFO, MANIFEST)


def seal(folder: Path, facts: Mapping[str, str]) -> None:
    """Write the tag files of a bag whose payload is complete.

    ``facts``: for bag-info.txt, in this order.
    """
    files = sorted(_payload(folder))
    octets = sum((folder / name).stat().st_size for name in files)
    info = {**facts, "Payload-Oxum": f"{octets}.{len(files)}"}
    _write(folder / DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    _write(folder / INFO, "".join(f"{name}: {' '.join(value.split())}\n" for name, value in info.items()))
    _write(folder / MANIFEST, "".join(f"{digest_of(folder / name)}  {name}\n" for name in files))
    _write(folder / TAGMANIFEST, "".join(f"{digest_of(folder / name)}  {name}\n" for name in TAG_FILES))
    sync_folder(folder)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sealed_digests(folder: Path) -> dict[str, str]:
    """Return the hashes of the files of a bag when it was sealed, by their names in it. Raises DamagedError."""
    return _listed(folder, MANIFEST)


def check_seal(folder: Path) -> None:
    """Raise DamagedError unless the files of a bag are those that were sealed.

    It names the file.
    """
    listed = _listed(folder, TAGMANIFEST)
    if set(listed) != set(TAG_FILES):
        raise DamagedError(_("{path} does not name the files that it must.").format(path=folder / TAGMANIFEST))
    _check_files(folder, listed, TAGMANIFEST)
    payload = _listed(folder, MANIFEST)
    _check_files(folder, payload, MANIFEST)
    for name in sorted(set(_payload(folder)) - set(payload)):
        raise DamagedError(_("{path} was not there when the archive was sealed.").format(path=folder / name))


def _check_files(folder: Path, digests: Mapping[str, str], manifest: str) -> None:
    for name, digest in digests.items():
        path = folder / name
        if not path.is_file():
            raise DamagedError(_("{path} is missing.").format(path=path))
        if digest_of(path) != digest:
            raise DamagedError(_("{path} is not what {manifest} says.").format(path=path, manifest=manifest))


def _listed(folder: Path, name: str) -> dict[str, str]:
    """Return the hashes of a manifest by file."""
    path = folder / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DamagedError(_("{path} is missing or is no text.").format(path=path)) from None
    pairs = [line.split("  ", 1) for line in lines]
    if not pairs or any(len(pair) != 2 or _leads_out(pair[1]) for pair in pairs):  # noqa: PLR2004 - hash and name
        raise DamagedError(_("{path} is not what was sealed.").format(path=path))
    return {file: digest for digest, file in pairs}


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in Path(name).parts


def _payload(folder: Path) -> Iterator[str]:
    for path in (folder / DATA).rglob("*"):
        if path.is_file() or path.is_symlink():
            yield path.relative_to(folder).as_posix()


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
