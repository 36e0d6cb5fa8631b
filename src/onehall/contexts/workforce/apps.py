from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "onehall.contexts.workforce"
    label = "workforce"
