"""Write the lists of packages with their hashes, requirements/*.txt: ``python -m tools.locks``.

Needs uv, which asks the package index. Read what changed before you keep it: these files run beside keys.
"""

import subprocess
import sys

LISTS = {
    "run": (),
    "extras": ("apprise", "fleet", "keyring", "parquet", "postgres", "timestamp", "vault"),
    "dev": ("apprise", "fleet", "keyring", "parquet", "postgres", "timestamp", "vault", "dev"),
}
COMMAND = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--only-binary", ":all:", "--emit-build-options", "--no-emit-index-url", "--no-annotate"),
    *("--custom-compile-command", "python -m tools.locks", "pyproject.toml", "requirements/build.in"),
)


def main() -> int:
    """Write every list anew, and return 1 if one could not be written."""
    codes = [
        subprocess.run(  # noqa: S603 - our own words
            [*COMMAND, *(f"--extra={extra}" for extra in extras), "--upgrade", "-o", f"requirements/{name}.txt"],
            check=False,
        ).returncode
        for name, extras in LISTS.items()
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
