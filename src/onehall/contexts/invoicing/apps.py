from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    name = "onehall.contexts.invoicing"
    label = "invoicing"
