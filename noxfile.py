"""One command for each check, and one for all: ``nox`` runs lint, types, layers and tests.

Sessions run in the environment that nox itself runs in (``pip install -e ".[dev]"``): they install nothing, and write
only to this folder and to the system's folder for temporary files. ``bash .ci/run`` does the same from nothing.
"""

import sys

import nox

CHECKS = ("lint", "types", "layers", "tests")

nox.options.default_venv_backend = "none"
nox.options.sessions = ["check"]


def run(session: nox.Session, module: str, *arguments: str) -> None:
    """Run a module with the Python that runs nox, so that no environment must be activated."""
    session.run(sys.executable, "-m", module, *arguments, external=True)


@nox.session
def check(session: nox.Session) -> None:
    """Run every check."""
    for name in CHECKS:
        session.notify(name)


@nox.session
def lint(session: nox.Session) -> None:
    """Look for mistakes, wrong form and dangerous constructs."""
    run(session, "ruff", "check", ".")
    run(session, "ruff", "format", "--check", ".")
    run(session, "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "auditor", "tools")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of everything."""
    run(session, "mypy")


@nox.session
def layers(session: nox.Session) -> None:
    """Check which package may import which."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    session.run(sys.executable, "-c", program, "--no-logo", "--no-cache", external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests in three processes; what follows ``--`` goes to pytest: ``nox -s tests -- --slow``."""
    run(session, "pytest", "-n", "3", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the pages and the picture in docs/ anew; tests say when they are stale."""
    run(session, "tests.write_docs")
    run(session, "tools.report_schema")
    run(session, "tools.man_page")


@nox.session
def cassettes(session: nox.Session) -> None:
    """Record the traffic with the demo exchange anew; tests say when it is stale."""
    run(session, "tests.record_cassettes")


@nox.session
def translations(session: nox.Session) -> None:
    """Bring the catalogues of translations up to date; tests say when they are stale."""
    run(session, "tools.translations")
