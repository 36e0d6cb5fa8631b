"""`RoomRef`: a real foreign key in PostgreSQL, in Python no more than an id."""

from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor


class _NoDoor(ForwardManyToOneDescriptor):
    """Reading a neighbour's row through a reference is refused: ask the neighbour's `api` in a journey."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        raise AttributeError(f"{self.field.name} is a RoomRef: use {self.field.attname}")

    def __set__(self, instance: Any, value: Any) -> None:
        raise AttributeError(f"{self.field.name} is a RoomRef: set {self.field.attname}")


class RoomRef(models.ForeignKey):
    """Reference across rooms: PROTECT, no reverse accessor, no forward accessor."""

    forward_related_accessor_class = _NoDoor

    def __init__(self, to: str, **kwargs: Any) -> None:
        kwargs["on_delete"] = models.PROTECT
        kwargs["related_name"] = "+"
        super().__init__(to, **kwargs)
