"""Messages about a watch: events, channels, the screen, metrics."""
