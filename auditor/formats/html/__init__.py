"""The report as one page: a template, its style and script, and what they show."""
