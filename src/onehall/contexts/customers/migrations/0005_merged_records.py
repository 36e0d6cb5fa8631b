"""Who is who since records were merged (CUS-06): two functions that follow the merges that stand, and what readings see."""

from django.db import migrations

# An absorbed record is in one standing merge only, and a merge is made between records that are left: no cycles.
ROOT = """
create function pub_customers_root(p_party bigint) returns bigint language sql stable as $$
    with recursive up(id, step) as (
        select p_party, 0
        union all
        select m.survivor_id, up.step + 1 from up
        join customers_merge m on m.absorbed_id = up.id and m.undone_at is null
    )
    select id from up order by step desc limit 1
$$;
"""
GROUP = """
create function pub_customers_group(p_party bigint) returns bigint[] language sql stable as $$
    with recursive down(id, step) as (
        select pub_customers_root(p_party), 0
        union all
        select m.absorbed_id, down.step + 1 from down
        join customers_merge m on m.survivor_id = down.id and m.undone_at is null
    )
    select array_agg(id order by step, id) from down
$$;
"""
VIEWS = """
create view pub_customers_merge as
    select id, absorbed_id, survivor_id, suspicion, documents_seen, reason, hall_id, at, by_id, undone_at, undone_by_id,
        undone_reason
    from customers_merge;
create view pub_customers_distinction as
    select id, first_id, second_id, reason, hall_id, at, by_id from customers_distinction;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_merging")]

    operations = [
        migrations.RunSQL(ROOT, "drop function pub_customers_root"),
        migrations.RunSQL(GROUP, "drop function pub_customers_group"),
        migrations.RunSQL(VIEWS, "drop view pub_customers_merge, pub_customers_distinction"),
    ]
