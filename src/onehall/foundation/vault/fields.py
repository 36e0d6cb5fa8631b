"""A text column that is clear in Python and encrypted in the database."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from onehall.foundation.vault.cipher import decrypt, encrypt, sealer


class SealedField(models.BinaryField):
    """Holds what `encrypt` made of a secret, bytes in Python too: whoever needs the clear value decrypts it where it is needed."""

    def context(self) -> str:
        """The associated data of every value here, table.column, whatever schema's name and quotes the table has."""
        return f"{self.model._meta.db_table}.{self.column}".replace('"', "")


class EncryptedField(models.Field):
    """Holds a str; the database holds bytes that change at every write, so the only lookup is `isnull`.

    To find a row by its value, keep a `keyed_hash` beside it.
    """

    empty_strings_allowed = False

    def context(self) -> str:
        """The associated data of every value here: table.column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(bytes(value), context=self.context())

    def to_python(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else encrypt(str(value), context=self.context())

    def sealer(self) -> Callable[[str | None], bytes | None]:
        """Writes many values of this column at once."""
        seal = sealer(self.context())
        return lambda value: None if value is None else seal(str(value))

    def value_to_string(self, obj: models.Model) -> str:
        """Serialised dumps carry the ciphertext, never the clear value."""
        value = self.value_from_object(obj)
        return "" if value is None else encrypt(str(value), context=self.context()).hex()

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: search by its keyed hash")
        return super().get_lookup(lookup_name)
