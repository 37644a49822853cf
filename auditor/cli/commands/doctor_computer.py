"""The checks of `audit doctor` that need no network."""

import locale
import os
import shutil
import sqlite3
import ssl
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor import __version__
from auditor.cli.commands.doctor_check import Check, ok, problem, skipped
from auditor.cli.runtime.output import console_sink
from auditor.cli.runtime.reader import Runtime
from auditor.history.database_url import default_file
from auditor.i18n import Message, _, verbatim
from auditor.i18n.languages import SAMPLES, unfit_encoding
from auditor.model.errors import UserError
from auditor.security import keyring_store
from auditor.security.certificates import other_certificates
from auditor.security.paths import is_shared
from auditor.settings import accounts_file as config_file

DISTRIBUTION = "exchange-closure-audit"
OLDEST = (3, 11)
"""The oldest Python that the program runs on."""
LEAST_SPACE = 50 * 1024**2
"""Bytes: a history of some hundred audits of a large account."""
NARROWEST = 80
MEGABYTE = 1024**2


def check_computer(runtime: Runtime, config: Path | None) -> Iterator[Check]:
    """Yield the checks of this computer. ``config``: the configuration file, if it is not at its usual place."""
    yield from (_versions(), _ccxt(), _terminal(runtime), _encoding(), _time_zone())
    folder = default_file().parent
    yield from (
        _disk(folder),
        _folder(folder),
        _history(default_file()),
        _configuration(config),
        _keyring(),
        _certificates(),
    )


def _versions() -> Check:
    title, found = _("Program"), f"audit {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}"
    if sys.version_info[:2] < OLDEST:
        return problem("program", title, verbatim(found), _("Install Python 3.11 or newer, then the program again."))
    return ok("program", title, verbatim(found))


def _ccxt() -> Check:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - only here

    title = verbatim("ccxt")
    try:
        version = metadata.version("ccxt")
    except metadata.PackageNotFoundError:
        advice = _("Install the program again, with what it uses (README, Install).")
        return problem("ccxt", title, _("not installed"), advice)
    wanted = _bounds()
    if wanted is None:
        return ok("ccxt", title, verbatim(version))
    found = _("{version}, tested with {wanted}").format(version=version, wanted=wanted)
    if version not in SpecifierSet(wanted):
        return problem("ccxt", title, found, _("Install the program again: this version of ccxt was not tested."))
    return ok("ccxt", title, found)


def _bounds() -> str | None:
    """Return the versions of ccxt that the program was made for; None when it runs without being installed."""
    from packaging.requirements import Requirement  # noqa: PLC0415 - only here

    try:
        wanted = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        return None
    return next((str(one.specifier) for one in wanted if one.name == "ccxt"), None)


def _terminal(runtime: Runtime) -> Check:
    title, sink = _("Terminal"), console_sink(runtime)
    if not sys.stdout.isatty():
        return ok("terminal", title, _("none: the output goes to a file or another program"))
    colour = _("with colours") if sink.colour else _("without colours")
    found = _("{width} columns, {colour}").format(width=sink.width, colour=colour)
    if sink.width < NARROWEST:
        return problem("terminal", title, found, _("Make the window at least 80 columns wide, or use --format html."))
    return ok("terminal", title, found)


def _encoding() -> Check:
    title, encodings = _("Language"), (sys.stdout.encoding, sys.stderr.encoding)
    name = locale.setlocale(locale.LC_CTYPE, None)
    found = _("locale {name}, encoding {encoding}").format(name=name, encoding=sys.stdout.encoding)
    lacking = next((language for language in SAMPLES if unfit_encoding(language, encodings)), None)
    if lacking is None:
        return ok("language", title, found)
    return ok("language", title, found, _("Chinese cannot be shown here: set LANG=C.UTF-8 or another UTF-8 locale."))


def _time_zone() -> Check:
    title, here = _("Time zone"), datetime.now().astimezone()
    found = _("{name}, here it is {time}").format(name=here.tzname() or "?", time=here.strftime("%Y-%m-%d %H:%M %z"))
    zone = os.environ.get("TZ", "")
    if zone and "/" in zone and not _is_zone(zone.removeprefix(":")):
        return problem("time-zone", title, found, _("TZ is not a time zone that this computer knows: correct it."))
    return ok("time-zone", title, found)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        return Path(name).is_file()
    return True


def _disk(folder: Path) -> Check:
    title, existing = _("Disk space"), next(one for one in (folder, *folder.parents) if one.exists())
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        return problem("disk", title, _why(error), _("Check the disk of {path}.").format(path=existing))
    found = _("{count} MB free at {path}").format(count=free // MEGABYTE, path=existing)
    if free < LEAST_SPACE:
        return problem("disk", title, found, _("Free some space: audits could not be kept."))
    return ok("disk", title, found)


def _folder(folder: Path) -> Check:
    title = _("Data folder")
    if not folder.exists():
        return ok("data-folder", title, _("{path}: not there yet, the first audit makes it").format(path=folder))
    found = verbatim(str(folder))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        advice = _("Give yourself the right to read and write it, or name a history elsewhere with --history.")
        return problem("data-folder", title, found, advice)
    if is_shared(folder.stat()):
        return problem("data-folder", title, found, _("Others can write to it: chmod 700 {path}").format(path=folder))
    return ok("data-folder", title, found)


def _history(file: Path) -> Check:
    title = _("History")
    if not file.exists():
        return ok("history", title, _("none yet"))
    try:
        count, version = _in_history(file)
        size, mode = file.stat().st_size, stat.S_IMODE(file.stat().st_mode)
    except (sqlite3.Error, OSError) as error:
        advice = _("Restore a copy of {path}, or move it away: a new one is then begun.").format(path=file)
        return problem("history", title, _why(error), advice)
    text = _("audits kept: {count}, {size} MB, version {version}")
    found = text.format(count=count, size=round(size / MEGABYTE, 1), version=version)
    if version > _known_version():
        return problem("history", title, found, _("A newer version of this program wrote it: update this one."))
    if os.name == "posix" and mode & 0o077:
        return problem("history", title, found, _("Others can read it: chmod 600 {path}").format(path=file))
    if not os.access(file, os.R_OK | os.W_OK):
        return problem("history", title, found, _("Give yourself the right to write to {path}.").format(path=file))
    return ok("history", title, found)


def _in_history(file: Path) -> tuple[int, int]:
    """Return how many audits a history keeps, and the version of its tables. It is opened for reading only."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=2)) as connection:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        (version,) = connection.execute("SELECT version FROM schema_version").fetchone()
        (count,) = connection.execute("SELECT count(*) FROM passes").fetchone()
    return int(count), int(version)


def _known_version() -> int:
    from auditor.history.migrations import STEPS  # noqa: PLC0415 - it loads the database's library

    return len(STEPS)


def _configuration(config: Path | None) -> Check:
    title, path = _("Accounts"), config or config_file.default_path()
    try:
        accounts = config_file.accounts_in(path) if config is not None or path.exists() else ()
    except UserError as error:
        return problem("accounts", title, error.message, _("Correct the file, or move it away."))
    if not accounts:
        return ok("accounts", title, _("none set up"), _("`audit login` sets one up."))
    names = ", ".join(f"{account.name} ({account.exchange})" for account in accounts)
    return ok("accounts", title, _("{names}; in {path}").format(names=names, path=path))


def _keyring() -> Check:
    title, name = _("System keyring"), keyring_store.backend_name()
    if name is not None:
        return ok("keyring", title, verbatim(name))
    advice = _("Without one, `audit login --store file` keeps a key in a file that only you can read.")
    return skipped("keyring", title, keyring_store.missing_keyring(), advice)


def _certificates() -> Check:
    title, others = _("Certificates"), other_certificates()
    paths = ssl.get_default_verify_paths()
    count = len(ssl.create_default_context().get_ca_certs())
    has_folder = paths.capath is not None and any(Path(paths.capath).glob("*.0"))
    if not count and not has_folder:
        advice = _("Install the system's certificates (the package ca-certificates), or correct SSL_CERT_FILE.")
        return problem("certificates", title, _("none: no exchange can prove who it is"), advice)
    if others is not None:
        found = _("not the system's own: {others}").format(others=others)
        return ok("certificates", title, found, _("Whoever chose these can read what is sent. Is that meant?"))
    return ok("certificates", title, _("the system's own"))


def _why(error: Exception) -> Message:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return _("cannot be read ({why})").format(why=reason)
