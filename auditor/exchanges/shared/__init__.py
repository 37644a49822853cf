"""Plans and readers that several exchanges use."""
