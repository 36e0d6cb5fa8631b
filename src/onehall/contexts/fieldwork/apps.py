from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "onehall.contexts.fieldwork"
    label = "fieldwork"
