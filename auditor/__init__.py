"""Read-only exchange auditor: says what still blocks closing an account at a crypto exchange."""

__version__ = "0.1.0"
