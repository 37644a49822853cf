"""Changes the code that the promise rests on, bit by bit, and sees whether a test notices: `python -m tools.mutants`.

mutmut makes and tries the mutants, in a copy of the project, with the tests that ``[tool.mutmut]`` names. One that no
test notices must stand in ``tests/mutants-accepted.txt`` with the reason why it changes nothing, by its file, function
and changed lines, so that it is found again wherever it moves. Anything else fails, and so does an entry that is stale.
Mutants may be named, with ``*``: then only those are tried.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tests" / "mutants-accepted.txt"
NEEDED = ("auditor", "config", "tests", "README.md", "pyproject.toml")
SURVIVED = re.compile(r"^\s*(?P<name>\S+): (?:survived|no tests|suspicious)$", re.MULTILINE)


def main() -> int:
    """Try every mutant; 1 when one survives that is not accepted, or one is accepted that no longer survives."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        copy_to(copy)
        run(copy, "run", *sys.argv[1:], show=True)
        survivors = set(surviving(copy))
    known = accepted(ACCEPTED.read_text(encoding="utf-8"))
    found = wrong(survivors, known.keys(), whole=not any("." in word for word in sys.argv[1:]))
    for title, entry in found:
        sys.stdout.write(f"\n{title}\n{entry}\n")
    sys.stdout.write(f"\n{len(survivors)} survive, {len(survivors & known.keys())} of them accepted\n")
    return int(bool(found))


def wrong(survivors: AbstractSet[str], known: AbstractSet[str], *, whole: bool) -> list[tuple[str, str]]:
    """Survivors that are not accepted; and, where every mutant was tried, what was accepted and does not survive."""
    stale = known - survivors if whole else set[str]()
    return [
        *(("SURVIVED", entry) for entry in sorted(survivors - known)),
        *(("STALE", entry) for entry in sorted(stale)),
    ]


def copy_to(folder: Path) -> None:
    """Copy what the tests need: mutmut works beside the code."""
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def run(folder: Path, *words: str, show: bool = False) -> str:
    """Run mutmut there; what it printed."""
    command = [sys.executable, "-m", "mutmut", *words]
    ran = subprocess.run(command, cwd=folder, text=True, check=show, stdout=None if show else subprocess.PIPE)  # noqa: S603 - our own words
    return ran.stdout or ""


def surviving(folder: Path) -> Iterator[str]:
    """Yield each mutant that nothing noticed, in the words of the file of accepted ones."""
    for found in SURVIVED.finditer(run(folder, "results")):
        yield described(found["name"], run(folder, "show", found["name"]))


def described(name: str, diff: str) -> str:
    """Say which mutant: ``module function``, then the lines that change."""
    module, _dot, function = name.rpartition(".")
    plain = re.sub(r"__mutmut_\d+$", "", function).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    changed = [line for line in diff.splitlines() if re.match(r"[-+](?![-+]{2} )", line)]
    lines = [f"{line[0]} {line[1:].strip()}" for line in changed]
    return "\n".join([f"{module} {plain}", *lines])


def accepted(text: str) -> dict[str, str]:
    """Read the accepted mutants: a reason in ``#`` lines, then the mutant, entries parted by blank lines."""
    found = {}
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        reason = " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))
        mutant = "\n".join(line.rstrip() for line in lines if not line.startswith("#"))
        if mutant and not reason:
            raise ValueError(f"accepted without a reason:\n{mutant}")
        if mutant:
            found[mutant] = reason
    return found


if __name__ == "__main__":
    sys.exit(main())
