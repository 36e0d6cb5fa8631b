"""Promises that the database keeps by itself (LED-01, SEC-09)."""

import pgtrigger


def append_only() -> list[pgtrigger.Trigger]:
    """Rows are written once: UPDATE and DELETE are refused by the database."""
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


def append_only_unless(condition: pgtrigger.Q) -> list[pgtrigger.Trigger]:
    """Rows are written once; only those that do not meet the condition may be deleted: what came with a register that is taken back."""
    return [
        pgtrigger.Protect(name="written_once", operation=pgtrigger.Update),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete, condition=condition),
    ]


def zero_sum(*, table: str, batch: str, amount: str) -> pgtrigger.Trigger:
    """At commit the amounts of a batch must sum to zero, or the transaction is refused (LED-01)."""
    return pgtrigger.Trigger(
        name="zero_sum",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[("remainder", "bigint")],
        func=f"""
            select sum({amount}) into remainder from {table} where {batch} = new.{batch};
            if remainder <> 0 then
                raise exception 'batch % does not balance: %', new.{batch}, remainder
                    using errcode = 'check_violation', constraint = '{table}_zero_sum';
            end if;
            return null;
        """,  # noqa: S608 - table and column names come from models
    )
