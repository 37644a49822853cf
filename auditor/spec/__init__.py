"""The vocabulary of an exchange's table: endpoints, surfaces, fields."""
