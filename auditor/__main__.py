"""``python -m auditor`` and the command ``audit``."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.cli.runtime.reader import Runtime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code. Never Python's own 1: only a verdict says that."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        from auditor.cli.runtime.process import run_command  # noqa: PLC0415 - an installation may be broken

        return run_command(_command, given)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - before there is a handler of errors, this is it
        sys.stderr.write(f"audit: internal error: {type(error).__name__}: {error}\n")
        return 2


def _command(arguments: Sequence[str], runtime: "Runtime") -> int:
    from auditor.cli import app as cli  # noqa: PLC0415 - inside what tells every error in one line

    return cli.run(arguments, runtime)


if __name__ == "__main__":
    sys.exit(main())
