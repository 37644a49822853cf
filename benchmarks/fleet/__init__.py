"""``python -m benchmarks fleet``: the numbers that a fleet has to reach, as ratios from one run on one machine."""
