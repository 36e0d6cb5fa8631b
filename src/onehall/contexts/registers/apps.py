"""Django app of the registers room."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "onehall.contexts.registers"
    label = "registers"
