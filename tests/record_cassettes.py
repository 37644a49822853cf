"""Make the cassettes anew: ``python -m tests.record_cassettes``. See cassettes/README.md."""

import asyncio
import sys

from tests.recording import ACCOUNTS, FOLDER, found_in, of_that_moment, record


def main() -> int:
    """Record every account; 1 when something stands in a cassette that must not."""
    faults = []
    for name in ACCOUNTS:
        file = FOLDER / f"{name}.yaml"
        file.unlink(missing_ok=True)
        asyncio.run(record(of_that_moment(name)))
        text = file.read_text(encoding="utf-8")
        sys.stdout.write(f"{file.name}: {text.count('uri:')} questions, {len(text) // 1024} KiB\n")
        faults += found_in(text)
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
