from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "onehall.contexts.customers"
    label = "customers"
