"""Secrets, redaction and addresses."""
