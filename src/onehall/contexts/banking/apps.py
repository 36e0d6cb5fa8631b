from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "onehall.contexts.banking"
    label = "banking"
