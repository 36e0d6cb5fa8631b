from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "onehall.contexts.orders"
    label = "orders"
