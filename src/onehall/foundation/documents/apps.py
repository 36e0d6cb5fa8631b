from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Stored papers and the record of their prints."""

    name = "onehall.foundation.documents"
    label = "documents"
