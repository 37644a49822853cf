"""What `python -m tools.new_exchange` writes: the places of one exchange, which can be loaded and prove nothing yet."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tools import new_exchange

ROOT = Path(__file__).parents[2]
PARTS = (".ci", "auditor", "cassettes", "config", "docs", "requirements", "tests", "tools")
FILES = ("pyproject.toml", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE")
# Bytecode is copied too, where it is whole: it stays valid, and nothing is compiled again.
HALF_WRITTEN = shutil.ignore_patterns("*.pyc.*")
# Bitget: its key's proof, its demo and its allow-list are there before its table. Bitvavo: nothing is.
# `.ci/run` makes both, in a copy of the project each.
EXCHANGES = [pytest.param(one, marks=pytest.mark.campaign) for one in ("bitget", "bitvavo")]
# What in the suite goes over all exchanges.
OVER_ALL = (
    *("tests/demo", "tests/exchanges", "tests/i18n", "tests/settings", "tests/security", "tests/formats"),
    *("tests/cli/test_listings.py", "tests/cli/test_official.py"),
)
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.*?)(?: - |$)", re.MULTILINE)
INCOMPLETE = 3
LOADED = """
    import json
    from auditor.exchanges.registry import load
    exchange = load({exchange!r})
    own = [surface.id for surface in exchange.surfaces if surface.reader is not None]
    print(json.dumps([exchange.id, exchange.complete, own, "unread-balances-others" in
        [surface.id for surface in exchange.surfaces]]))
"""


class Copy:
    """A copy of the repository, in which the tool has run for one exchange."""

    def __init__(self, folder: Path, exchange: str) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=HALF_WRITTEN)
        for file in FILES:
            shutil.copy(ROOT / file, folder)
        self.written = self.changes("tools.new_exchange", exchange)

    def changes(self, module: str, *arguments: str) -> list[str]:
        """Run a module, and return the files that it wrote or removed."""
        before = self._files()
        self.run("-m", module, *arguments)
        after = self._files()
        return sorted(place for place in before.keys() | after.keys() if before.get(place) != after.get(place))

    def _files(self) -> dict[str, bytes]:
        files = (path for path in self.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    @property
    def sources(self) -> list[str]:
        """The modules that were written."""
        return [place for place in self.written if place.endswith(".py")]

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run Python in the copy and return what it prints."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            capture_output=True,
            check=False,
            timeout=900,
            encoding="utf-8",
        )
        assert code == done.returncode, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module", params=EXCHANGES)
def exchange(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def copy(exchange: str, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp(exchange), exchange)


def own(exchange: str) -> tuple[str, ...]:
    """How the places of an exchange begin."""
    folders = (f"{parent}/{exchange}/" for parent in ("auditor/exchanges", "auditor/demo", "tests/exchanges"))
    return *folders, f"config/{exchange}.toml"


@pytest.mark.slow("makes a copy of the project")
def test_a_new_exchange_lies_in_places_of_its_own(copy: Copy, exchange: str) -> None:
    assert copy.written
    assert [] == [place for place in copy.written if not place.startswith(own(exchange))]


@pytest.mark.campaign
@pytest.mark.parametrize("exchange", ["bitget"], scope="module", indirect=True)
def test_its_page_and_its_translations_are_its_own(copy: Copy, exchange: str) -> None:
    translated, shown = copy.changes("tools.translations"), copy.changes("tests.write_docs")
    assert [] == [place for place in translated if not place.startswith(own(exchange))]
    assert [f"docs/surfaces-{exchange}.md"] == shown


def test_a_new_exchange_is_found_and_its_table_is_partial(copy: Copy, exchange: str) -> None:
    place = "spot" if exchange == "bitget" else "wallet"
    loaded = json.loads(copy.run("-c", dedent(LOADED.format(exchange=exchange))))
    assert [exchange, False, [place], True] == loaded


@pytest.mark.campaign
@pytest.mark.parametrize("exchange", ["bitvavo", "bitfinex"], scope="module", indirect=True)
def test_no_test_fails_but_those_that_say_what_is_missing_of_it(copy: Copy, exchange: str) -> None:
    """Bitfinex: the unified reader reads it, and the demo did not imitate it before."""
    copy.run("-m", "tools.translations")
    found = copy.run("-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *OVER_ALL, code=1)
    failed = FAILED.findall(found)
    assert failed
    assert [] == [test for test in failed if exchange not in test]


@pytest.mark.campaign
def test_until_its_answers_are_understood_an_account_is_unproved(copy: Copy, exchange: str) -> None:
    copy.run("-m", "auditor", "demo", "messy", "--exchange", exchange, code=INCOMPLETE)


def test_what_is_written_passes_the_linter(copy: Copy) -> None:
    copy.run("-m", "ruff", "check", "--no-cache", *copy.sources)
    copy.run("-m", "ruff", "format", "--no-cache", "--check", *copy.sources)


@pytest.mark.campaign
@pytest.mark.parametrize("exchange", ["bitvavo"], scope="module", indirect=True)
def test_what_is_written_has_types(copy: Copy) -> None:
    copy.run("-m", "mypy", "--no-incremental", *copy.sources)


@pytest.mark.parametrize(
    ("exchange", "reason"),
    [
        ("nope", "ccxt knows no exchange 'nope'"),
        ("hyperliquid", "hyperliquid takes the key of a wallet"),
        ("okx", "okx has a table"),
    ],
)
def test_an_exchange_that_can_get_no_table_is_refused_and_nothing_is_written(
    exchange: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        new_exchange.main([exchange], tmp_path)
    assert (2, True) == (ended.value.code, reason in capsys.readouterr().err)
    assert [] == list(tmp_path.iterdir())


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    mine = tmp_path / "auditor/exchanges/bitvavo/wallets.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("WALLETS = ()\n", encoding="utf-8")
    new_exchange.main(["bitvavo"], tmp_path)
    assert "WALLETS = ()\n" == mine.read_text(encoding="utf-8")
    with pytest.raises(FileExistsError):
        new_exchange.write(tmp_path, {Path("auditor/exchanges/bitvavo/wallets.py"): ""})


def test_a_demo_exchange_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "auditor/demo/bitvavo").mkdir(parents=True)
    new_exchange.main(["bitvavo"], tmp_path)
    assert [] == list((tmp_path / "auditor/demo/bitvavo").iterdir())
