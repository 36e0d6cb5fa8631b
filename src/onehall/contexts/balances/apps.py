from django.apps import AppConfig


class BalancesConfig(AppConfig):
    name = "onehall.contexts.balances"
    label = "balances"
