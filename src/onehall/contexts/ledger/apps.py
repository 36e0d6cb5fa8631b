from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "onehall.contexts.ledger"
    label = "ledger"
