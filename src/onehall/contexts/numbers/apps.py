from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "onehall.contexts.numbers"
    label = "numbers"
