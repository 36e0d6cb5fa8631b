from django.apps import AppConfig


class ClearingConfig(AppConfig):
    name = "onehall.contexts.clearing"
    label = "clearing"
