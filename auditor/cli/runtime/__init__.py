"""The environment of every command: signals, streams, log, progress, output."""
