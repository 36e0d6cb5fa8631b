from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "onehall.contexts.custody"
    label = "custody"
