"""What every command runs in: signals, streams, log, progress, output."""
