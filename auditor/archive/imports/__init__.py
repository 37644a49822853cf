"""Files that the user downloaded from an exchange's site: kept as they are, read, and joined to the API's rows."""
