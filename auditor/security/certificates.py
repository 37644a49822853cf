"""The certificates that say which hosts are believed, when they are not this computer's own."""

import os
import ssl

_FILE, _FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
"""Variables that OpenSSL reads."""


def other_certificates() -> str | None:
    """Return NAME=PATH of each variable that names other certificates than the computer's own, None if none does."""
    own = ssl.get_default_verify_paths()
    places = {_FILE: own.openssl_cafile, _FOLDER: own.openssl_capath}
    others = [f"{name}={path}" for name, place in places.items() if (path := os.environ.get(name, place)) != place]
    return ", ".join(others) or None
