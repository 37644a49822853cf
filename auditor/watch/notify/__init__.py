"""Notifications of a watch: events, messages, channels, display and metrics."""
