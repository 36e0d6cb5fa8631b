"""Measurements, each beside its peer and its floor. `make bench` runs all; `python -m bench.NAME` one."""
