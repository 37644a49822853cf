"""History of passes: each is stored in full, without secrets, and compared with the last."""
