from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "onehall.contexts.organisation"
    label = "organisation"
