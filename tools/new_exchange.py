"""Writes the places of a new exchange: ``python -m tools.new_exchange bybit``.

Its table (partial, with one example of a place), its imitation, its witness and its facts, each in the folder of its
id; what is there already stays as it is. What must be looked up in the exchange's documentation is marked, and until
it is, every answer counts as an error and no account is called clean. The tests that then fail say what to write.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.exchanges.catalogue import Listed, every, listed
from auditor.exchanges.registry import known
from auditor.exchanges.unified import spec as facts
from auditor.model.records import Area

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).with_name("exchange_template")
ID, SUFFIX = "ID", ".j2"
# A demo exchange is one piece: files of a new one fit none that is there.
WHOLE = Path("auditor/demo")
NEXT = """
Next: tests/exchanges/{id}/ by hand, from the exchange's documentation; then what is marked "To be looked up".
What is still missing: python -m pytest tests/exchanges -k {id}
"""


@dataclass(frozen=True)
class Example:
    """A place where a balance may lie. ``known``: that the unified reader asks it, so that it is in the witness."""

    id: str = "wallet"
    title: str = "Spot wallet"
    method: str = "GET"
    path: str = "balances"
    section: str = "private"
    prefix: str = "/"
    known: bool = False

    @property
    def constant(self) -> str:
        """Its name in the table."""
        return self.id.upper().replace("-", "_")

    @property
    def full_path(self) -> str:
        """The whole path of the request."""
        return self.prefix + self.path


def find_example(exchange: str) -> Example:
    """Return the first place of balances that the unified reader asks, or one that is made up."""
    told = facts.told(exchange)
    paths = {call.at: call for call in (told.calls if told else ()) if call.area is Area.BALANCES}
    for request in facts.requests(exchange):
        if request.path in paths and request.path.endswith(request.name):
            call, prefix = paths[request.path], request.path.removesuffix(request.name)
            return Example(call.id, call.title, request.method, request.name, request.section, prefix, known=True)
    return Example()


def find_entry(exchange: str) -> Listed:
    """Return what ccxt says of an exchange that can get a table. Raises ValueError for any other."""
    entry = listed(exchange)
    if entry is None or exchange not in every():
        raise ValueError(f"ccxt knows no exchange {exchange!r}")
    if entry.by_wallet:
        raise ValueError(f"{exchange} takes the key of a wallet, which can never be one that only reads")
    if exchange in known():
        raise ValueError(f"{exchange} has a table: auditor/exchanges/{exchange}/exchange.py")
    return entry


def render(entry: Listed) -> Iterator[tuple[Path, str]]:
    """Yield every file of a new exchange, by its place below the repository."""
    environment = Environment(  # noqa: S701 - the templates are of Python and text
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True
    )
    values = {
        "id": entry.id,
        "name": entry.name,
        "credentials": entry.credentials,
        "hosts": entry.hosts,
        "site": entry.site,
        "example": find_example(entry.id),
    }
    for name in environment.list_templates(extensions=[SUFFIX.removeprefix(".")]):
        place = Path(name.removesuffix(SUFFIX).replace(ID, entry.id))
        yield place, environment.get_template(name).render(values)


def missing(root: Path, entry: Listed) -> dict[Path, str]:
    """Return the files that are not there, by their place below ``root``."""
    has_demo = (root / WHOLE / entry.id).exists()
    return {
        place: text
        for place, text in render(entry)
        if not (root / place).exists() and not (has_demo and place.is_relative_to(WHOLE))
    }


def write(root: Path, files: dict[Path, str]) -> None:
    """Write the files, formatted as the rest is. Raises FileExistsError rather than write over one."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    sources = [str(place) for place in files if place.suffix == ".py"]
    for command in (("check", "--select", "I", "--fix"), ("format",)):
        ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache"]
        subprocess.run([*ruff, *sources], cwd=root, check=True)  # noqa: S603 - our own words


def main(arguments: list[str] | None = None, root: Path = ROOT) -> None:
    """Write what is missing and say what. Ends with exit code 2 for an exchange that can get no table."""
    parser = argparse.ArgumentParser(prog="python -m tools.new_exchange", description="Write a new exchange's places.")
    parser.add_argument("id", help="the exchange, by ccxt's id")
    exchange = parser.parse_args(arguments).id
    try:
        files = missing(root, find_entry(exchange))
    except ValueError as error:
        parser.error(str(error))
    write(root, files)
    sys.stdout.write("\n".join(sorted(place.as_posix() for place in files)) + "\n" + NEXT.format(id=exchange))


if __name__ == "__main__":
    main()
