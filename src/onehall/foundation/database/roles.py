"""Passwords of database roles, hashed here so that no statement and no log of statements holds one."""

from django.db import connection


def verifier(role: str, password: str) -> str:
    """The SCRAM verifier that `alter role … password` takes instead of the password."""
    connection.ensure_connection()
    made = connection.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return str(made.decode())
