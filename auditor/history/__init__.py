"""What past passes saw: stored whole, compared with each other, and never a secret among it."""
