"""Every minute: what the network does is compared with what it shall do; every two seconds: who outlived his term is cut."""

from datetime import datetime

from onehall.runs.reconcile_network import cut_survivors as cut_who_outlived
from onehall.runs.reconcile_network import reconcile_network as reconcile_all


def reconcile_network(at: datetime) -> None:
    """The clock says what should be."""
    reconcile_all(at=at)


def cut_survivors(at: datetime) -> None:
    """The clock says whose time is up."""
    cut_who_outlived(at=at)
