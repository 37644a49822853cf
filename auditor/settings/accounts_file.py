"""The user's configuration file: which accounts there are, and where their secrets lie."""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from auditor.i18n import Message, Text, _, joined, mark
from auditor.i18n.suggest import unknown
from auditor.model.errors import Problem
from auditor.model.suppressions import Decisions
from auditor.security.credentials import Reference, parse_reference
from auditor.settings import exchange_checks as needs
from auditor.settings import suppressions_file as config_decisions
from auditor.settings.suppressions_file import AttestTable, MuteTable

FILE_NAME = "accounts.toml"
Name = Annotated[str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]{0,62}[^\s\x00-\x1f\x7f])?$")]
_WORDS = {
    "missing": mark("it is missing"),
    "string_type": mark("it must be a text in quotes"),
    "bool_type": mark("it must be true or false"),
    "list_type": mark("write it as [[accounts]], in double brackets"),
    "string_pattern_mismatch": mark("it must be one line without white space around it"),
    "string_too_short": mark("it is blank"),
    "extra_forbidden": mark("there is no such key"),
    "date_type": mark("write it as a date without quotes, such as 2026-08-01"),
}


class _Strict(BaseModel):
    """Values as they are, no guessing. Unknown keys are told by `_check_keys`, with the nearest known one."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)


class Entry(_Strict):
    """One ``[[accounts]]`` table. References to secrets are its extra keys: which ones depends on the exchange."""

    name: Name
    exchange: Name
    uid: Name | None = None
    base_url: str | None = None
    sandbox: bool = False
    named: list[Name] = []

    def references(self) -> dict[str, Reference]:
        """Where each credential lies, by ccxt's name. Raises Problem when one is missing or literal."""
        extra = self.model_extra or {}
        return {
            name: parse_reference(extra.get(name.lower()), name.lower(), f"{self.name}: {name.lower()}")
            for name in needs.credentials(self.exchange)
        }


class ConfigFile(_Strict):
    """The whole file."""

    accounts: list[Entry]
    attest: list[AttestTable] = []
    mute: list[MuteTable] = []


def default_path() -> Path:
    """Where the file is looked for when ``--config`` does not say."""
    return platformdirs.user_config_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def load(path: Path) -> tuple[Entry, ...]:
    """Read the accounts in the file, checked but for their secrets, which are not read. Raises Problem."""
    return tuple(_loaded(path)[0].accounts)


def decisions(path: Path, rule_ids: Callable[[], Collection[str]]) -> Decisions:
    """Read what the file has decided: requirements confirmed, findings muted. Raises Problem.

    ``rule_ids``: the rules that exist.
    """
    decided = _loaded(path)[1]
    try:
        config_decisions.check_rules(decided.mutes, rule_ids)
    except Problem as problem:
        raise Problem(joined(": ", (path, problem.message))) from None
    return decided


def _loaded(path: Path) -> tuple[ConfigFile, Decisions]:
    data = _parsed(path)
    try:
        found = ConfigFile.model_validate(data)
        _check_keys(found.model_extra or {}, ConfigFile.model_fields)
        for entry in found.accounts:
            _check_entry(entry)
        _check_names(found.accounts)
        made = config_decisions.decisions(found.attest, found.mute)
    except ValidationError as error:
        raise Problem(joined(": ", (path, _first(error)))) from None
    except Problem as problem:
        raise Problem(joined(": ", (path, problem.message))) from None
    return found, made


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Problem(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise Problem(_("{path} is not UTF-8 text.").format(path=path)) from None
    except tomllib.TOMLDecodeError as error:
        raise Problem(_("{path} is not TOML: {why}.").format(path=path, why=_position(error))) from None


def _position(error: tomllib.TOMLDecodeError) -> Text:
    """Where it broke. What stood there is not repeated: it may be a secret."""
    return str(error)[str(error).rfind("(") :].strip("()") if "(" in str(error) else _("it breaks off")


def _check_entry(entry: Entry) -> None:
    needs.check_exchange(entry.exchange)
    secrets = [name.lower() for name in needs.credentials(entry.exchange)]
    _check_keys(entry.model_extra or {}, [*Entry.model_fields, *secrets], entry.name)
    entry.references()
    needs.names(entry.exchange, entry.named)


def _check_keys(found: Iterable[str], known: Iterable[str], where: str = "") -> None:
    choices = list(known)
    for key in found:
        if key not in choices:
            sentence = unknown(_("key"), key, choices)
            raise Problem(joined(": ", (where, sentence)) if where else sentence)


def _check_names(entries: Sequence[Entry]) -> None:
    names = [entry.name for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Problem(_("Two accounts have the name {name!r}.").format(name=twice[0]))
    if not names:
        raise Problem(_("There is no account in it. `audit init` writes a file to start from."))


def _first(error: ValidationError) -> Message:
    detail = error.errors()[0]
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    what = _("{clause}.").format(clause=_(_WORDS.get(detail["type"], detail["msg"])))
    return joined(": ", (where, what))
