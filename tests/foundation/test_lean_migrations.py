"""A fresh hall's database is the one that Django's own way of migrating makes."""

import psycopg
import pytest

from tests.conftest_database import TestServer, of_django, schema

OURS = "nspname !~ '^pg_' and nspname <> 'information_schema'"
WHAT = {
    "columns": "select table_schema, table_name, ordinal_position, column_name, data_type, character_maximum_length, is_nullable,"
    " column_default, is_identity, is_generated from information_schema.columns where table_schema !~ '^(pg_|information_)'",
    "constraints": f"select conrelid::regclass::text, conname, pg_get_constraintdef(c.oid), condeferrable, condeferred, convalidated"
    f" from pg_constraint c join pg_namespace n on n.oid = connamespace where {OURS}",
    "indexes": f"select indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid from pg_index i"
    f" join pg_class k on k.oid = i.indexrelid join pg_namespace n on n.oid = k.relnamespace where {OURS}",
    "triggers": "select tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled from pg_trigger where not tgisinternal",
    "functions": f"select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = pronamespace"
    f" where {OURS} and prokind in ('f', 'p') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
    "views": f"select c.oid::regclass::text, pg_get_viewdef(c.oid) from pg_class c join pg_namespace n on n.oid = relnamespace"
    f" where relkind in ('v', 'm') and {OURS}",
    "applied": "select app, name from django_migrations",
}  # fmt: skip


def schema_of(url: str) -> dict[str, list[str]]:
    with psycopg.connect(url) as connection:
        return {name: sorted(map(str, connection.execute(asked).fetchall())) for name, asked in WHAT.items()}


def test_the_quick_way_makes_the_same_schema(
    test_server: TestServer, bare_template: str, pytestconfig: pytest.Config
) -> None:
    """The quick way is what all tests stand on."""
    name = test_server.template("django", lambda url: schema(url, pytestconfig, of_django))
    found, due = schema_of(test_server.url(bare_template)), schema_of(test_server.url(name))
    test_server.forget(name)
    assert all(due[kind] for kind in WHAT), "each kind of thing is there to be compared"
    for kind in WHAT:
        assert found[kind] == due[kind], kind
