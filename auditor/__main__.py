"""Entry point of ``python -m auditor`` and of the command ``audit``."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.cli.runtime.reader import Runtime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code of the process.

    Never Python's own 1, which is the code of the verdict "blocked".
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        from auditor.cli.runtime.process import run_command  # noqa: PLC0415 - inside try: the installation may be broken

        return run_command(_command, words)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last resort, before any handler is set up
        sys.stderr.write(f"audit: internal error: {type(error).__name__}: {error}\n")
        return 2


def _command(arguments: Sequence[str], runtime: "Runtime") -> int:
    from auditor.cli import app as cli  # noqa: PLC0415 - run_command reports import errors in one line

    return cli.run(arguments, runtime)


if __name__ == "__main__":
    sys.exit(main())
