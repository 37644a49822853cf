"""Plans, readers and envelopes that several exchanges use."""
