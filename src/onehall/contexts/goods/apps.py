from django.apps import AppConfig


class GoodsConfig(AppConfig):
    name = "onehall.contexts.goods"
    label = "goods"
