from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "onehall.contexts.subscriptions"
    label = "subscriptions"
