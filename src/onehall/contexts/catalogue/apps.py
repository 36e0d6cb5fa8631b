from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "onehall.contexts.catalogue"
    label = "catalogue"
