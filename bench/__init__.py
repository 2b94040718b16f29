"""Benchmarks of WARD FLUX, run by script/bench."""
