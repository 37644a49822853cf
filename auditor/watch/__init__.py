"""Repeated audits until an account is clean: schedule, loop and notifications.

The audit itself does not depend on this package.
"""
