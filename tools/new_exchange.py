"""Creation of the files of a new exchange: ``python -m tools.new_exchange bitget``.

Writes the table (partial, with one example surface), the demo, the witness and the facts, each in the folder of the
exchange's id; existing files are not touched. Facts to look up in the exchange's documentation are marked; until they
are filled in, every answer counts as an error and no account is clean. The failing tests say what is missing.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.exchanges.catalogue import CatalogueEntry, catalogue_entry, ccxt_ids
from auditor.exchanges.registry import table_ids
from auditor.exchanges.unified import spec as facts
from auditor.model.records import Area

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).with_name("exchange_template")
ID, SUFFIX = "ID", ".j2"
# A demo is written as a whole or not at all: new files do not fit an existing one.
DEMO_FOLDER = Path("auditor/demo")
NEXT = """
Next: tests/exchanges/{id}/ by hand, from the exchange's documentation; then what is marked "To be looked up".
What is still missing: python -m pytest -k {id}
"""


@dataclass(frozen=True)
class Example:
    """The example surface of a new table, which may hold a balance.

    ``is_unified``: whether the unified reader asks it too, so that the witness lists it.
    """

    id: str = "wallet"
    title: str = "Spot wallet"
    method: str = "GET"
    path: str = "balances"
    section: str = "private"
    prefix: str = "/"
    is_unified: bool = False

    @property
    def constant(self) -> str:
        """Return the name of the constant in the table."""
        return self.id.upper().replace("-", "_")

    @property
    def full_path(self) -> str:
        """Return the whole path of the request."""
        return self.prefix + self.path


def find_example(exchange: str) -> Example:
    """Return the first surface of balances that the unified reader asks, or an invented one."""
    spec = facts.load_spec(exchange)
    paths = {call.at: call for call in (spec.calls if spec else ()) if call.area is Area.BALANCES}
    for request in facts.read_requests(exchange):
        if request.path in paths and request.path.endswith(request.name):
            call, prefix = paths[request.path], request.path.removesuffix(request.name)
            return Example(call.id, call.title, request.method, request.name, request.section, prefix, is_unified=True)
    return Example()


def find_entry(exchange: str) -> CatalogueEntry:
    """Return ccxt's entry of an exchange that can get a table. Raises ValueError for any other."""
    entry = catalogue_entry(exchange)
    if entry is None or exchange not in ccxt_ids():
        raise ValueError(f"ccxt knows no exchange {exchange!r}")
    if entry.needs_wallet_key:
        raise ValueError(f"{exchange} takes the key of a wallet, which can never be one that only reads")
    if exchange in table_ids():
        raise ValueError(f"{exchange} has a table: auditor/exchanges/{exchange}/exchange.py")
    return entry


def render(entry: CatalogueEntry) -> Iterator[tuple[Path, str]]:
    """Yield the path and text of every file; paths are relative to the repository."""
    environment = Environment(  # noqa: S701 - the templates are Python and text, not HTML
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


def missing(root: Path, entry: CatalogueEntry) -> dict[Path, str]:
    """Return the text of each file that does not exist yet, by path relative to ``root``."""
    has_demo = (root / DEMO_FOLDER / entry.id).exists()
    return {
        place: text
        for place, text in render(entry)
        if not (root / place).exists() and not (has_demo and place.is_relative_to(DEMO_FOLDER))
    }


def write(root: Path, files: dict[Path, str]) -> None:
    """Write and format the files. Raises FileExistsError instead of overwriting one."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    sources = [str(place) for place in files if place.suffix == ".py"]
    for command in (("check", "--select", "I", "--fix"), ("format",)):
        ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache"]
        subprocess.run([*ruff, *sources], cwd=root, check=True)  # noqa: S603 - a fixed command line


def main(arguments: list[str] | None = None, root: Path = ROOT) -> None:
    """Write the missing files and print their paths.

    Ends with exit code 2 for an exchange that can get no table.
    """
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
