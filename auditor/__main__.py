"""``python -m auditor`` and the command ``audit``."""

import sys
from collections.abc import Sequence


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


def _command(arguments: Sequence[str]) -> int:
    from auditor import i18n  # noqa: PLC0415 - inside what tells every error in one line

    # Before the commands are loaded, whose help is in that language.
    i18n.use(i18n.chosen(arguments))
    _fall_back()
    from auditor.cli import app as cli  # noqa: PLC0415 - as above

    return cli.run(arguments)


def _fall_back() -> None:
    """Speak English on a console that cannot show the language, rather than in escapes."""
    from auditor import i18n  # noqa: PLC0415 - as above
    from auditor.cli.runtime.process import say  # noqa: PLC0415 - as above

    lacking = i18n.fall_back((sys.stdout.encoding, sys.stderr.encoding))
    if lacking is not None:
        told = i18n.mark("This console's encoding ({name}) cannot show Chinese, so this is English. Files are Chinese.")
        say(told.format(name=lacking))


if __name__ == "__main__":
    sys.exit(main())
