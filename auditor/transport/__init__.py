"""The vocabulary of an exchange's table, and the one guarded way by which anything is asked."""
