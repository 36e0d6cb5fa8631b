from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "onehall.foundation.outbox"
    label = "outbox"
