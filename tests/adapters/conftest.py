"""Fixtures of the adapters' tests."""

from tests.adapters.radius_room import account, server  # noqa: F401
