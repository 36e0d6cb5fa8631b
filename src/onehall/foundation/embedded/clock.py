"""What time a database server has: receipts are dated by one machine and looked for by another."""

from datetime import datetime

import psycopg


def server_time(url: str) -> datetime:
    """The server's clock now. Raises psycopg.OperationalError where it does not answer."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute("select clock_timestamp()").fetchone()
    assert row is not None  # noqa: S101 - a select without a table has exactly one row
    at: datetime = row[0]
    return at
