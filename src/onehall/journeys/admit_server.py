"""放行认证服务器 The RADIUS server gets the password with which it asks the database, a new one at every start (LAW-03)."""

from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction


def admit_server(*, role: str, password: str, at: datetime) -> None:
    """Done by the machine that starts the server; what the role may see stands in the migration."""
    del at  # the database's own password has no beginning
    with transaction():
        provisioning.admit_server(role=role, password=password)
