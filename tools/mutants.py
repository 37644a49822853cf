"""Run mutation tests of the code that proves "clean": `python -m tools.mutants`.

mutmut creates and tests the mutants in a copy of the project, with the tests that ``[tool.mutmut]`` names. A mutant
that survives must be in ``tests/mutants-accepted.txt`` with the reason why it changes no behaviour, by its module,
function and changed lines, so that it is still found after a move. Any other survivor fails, and so does a stale
entry. Arguments name the mutants to test, with ``*``; without arguments all are tested.
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
    """Test the mutants.

    Return 1 for a survivor that is not accepted, or an accepted one that does not survive.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        copy_to(copy)
        run(copy, "run", *sys.argv[1:], show=True)
        survivors = set(surviving_mutants(copy))
    known = read_accepted(ACCEPTED.read_text(encoding="utf-8"))
    problems = unexpected_mutants(survivors, known.keys(), whole=not any("." in word for word in sys.argv[1:]))
    for title, entry in problems:
        sys.stdout.write(f"\n{title}\n{entry}\n")
    sys.stdout.write(f"\n{len(survivors)} survive, {len(survivors & known.keys())} of them accepted\n")
    return int(bool(problems))


def unexpected_mutants(survivors: AbstractSet[str], known: AbstractSet[str], *, whole: bool) -> list[tuple[str, str]]:
    """Return survivors that are not accepted and, if all mutants were tested, accepted ones that do not survive."""
    stale = known - survivors if whole else set[str]()
    return [
        *(("SURVIVED", entry) for entry in sorted(survivors - known)),
        *(("STALE", entry) for entry in sorted(stale)),
    ]


def copy_to(folder: Path) -> None:
    """Copy the files that the tests need: mutmut writes next to the code."""
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def run(folder: Path, *words: str, show: bool = False) -> str:
    """Run mutmut in ``folder`` and return its output."""
    command = [sys.executable, "-m", "mutmut", *words]
    completed = subprocess.run(command, cwd=folder, text=True, check=show, stdout=None if show else subprocess.PIPE)  # noqa: S603 - our own words
    return completed.stdout or ""


def surviving_mutants(folder: Path) -> Iterator[str]:
    """Yield each mutant that survives, in the format of the file of accepted ones."""
    for match in SURVIVED.finditer(run(folder, "results")):
        yield describe_mutant(match["name"], run(folder, "show", match["name"]))


def describe_mutant(name: str, diff: str) -> str:
    """Describe a mutant: ``module function``, then the changed lines."""
    module, _dot, function = name.rpartition(".")
    plain = re.sub(r"__mutmut_\d+$", "", function).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    changed = [line for line in diff.splitlines() if re.match(r"[-+](?![-+]{2} )", line)]
    lines = [f"{line[0]} {line[1:].strip()}" for line in changed]
    return "\n".join([f"{module} {plain}", *lines])


def read_accepted(text: str) -> dict[str, str]:
    """Read the accepted mutants: a reason in ``#`` lines, then the mutant.

    Blank lines separate entries.
    """
    reasons = {}
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        reason = " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))
        mutant = "\n".join(line.rstrip() for line in lines if not line.startswith("#"))
        if mutant and not reason:
            raise ValueError(f"accepted without a reason:\n{mutant}")
        if mutant:
            reasons[mutant] = reason
    return reasons


if __name__ == "__main__":
    sys.exit(main())
