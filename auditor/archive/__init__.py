"""The archive of an account: its whole history as the exchange gives it, with the proof of what is complete."""
