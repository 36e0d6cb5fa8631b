from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "onehall.foundation.idempotency"
    label = "idempotency"
