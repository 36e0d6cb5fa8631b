from django.apps import AppConfig


class AcquiringConfig(AppConfig):
    name = "onehall.contexts.acquiring"
    label = "acquiring"
