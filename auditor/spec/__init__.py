"""The types that describe an exchange: endpoints, surfaces, fields, identification."""
