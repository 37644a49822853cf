"""Many accounts, looked at again and again by several workers until each is clean.

The history is the truth: whether an account is due, being read or over follows from the database alone. The engine
only says "look at this one now", at least once and perhaps twice.
"""
