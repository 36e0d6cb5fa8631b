"""Django app of the floor."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    name = "onehall.contexts.floor"
    label = "floor"
