"""The peer's one application."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "bench.peer_orm"
    label = "peer"
