from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "onehall.contexts.provisioning"
    label = "provisioning"
