"""Many customers at once, as a table is filled, not as a clerk registers."""

from django.db import connection

from tests.cast import MORNING

_MANY = """
    insert into customers_party (kind, name, name_keys, initials, name_pinyin, registered_hall_id, registered_at, by_id)
    select 'individual', '客户' || n, '{}', 'kh', 'kehu', %(hall)s, %(at)s, (select min(id) from identity_user)
    from generate_series(1, %(many)s) n
"""


def register_many(many: int, *, hall_id: int) -> None:
    """客户1, 客户2, … of this hall, without documents and telephones."""
    with connection.cursor() as cursor:
        cursor.execute(_MANY, {"hall": hall_id, "at": MORNING, "many": many})
