"""Reads of the provisioning room."""

from onehall.contexts.provisioning.queries.access import (
    access,
    accesses,
    clear_secrets,
    clear_secrets_state,
    device,
    devices,
    first_password_accounts,
    secret_fits,
    server_clients,
)
from onehall.contexts.provisioning.queries.telephone import (
    service_password,
    service_password_fits,
    telephone,
)

__all__ = [
    "access", "accesses", "clear_secrets", "clear_secrets_state", "device", "devices", "first_password_accounts", "secret_fits",
    "server_clients", "service_password", "service_password_fits", "telephone",
]  # fmt: skip
