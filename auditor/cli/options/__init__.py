"""Options of the command line, each declared once."""
