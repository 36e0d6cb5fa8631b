"""Form serials that came with a register are never handed out again (ORD-07)."""

from django.db import migrations

CLAIM = """
create function numbers_claim_serials(p_prefixes text[], p_days date[], p_lasts integer[]) returns void language sql as $$
    insert into numbers_formserialcounter as c (prefix, day, last)
    select given.prefix, given.day, max(given.last)
    from unnest(p_prefixes, p_days, p_lasts) as given(prefix, day, last)
    group by given.prefix, given.day order by given.prefix, given.day
    on conflict (prefix, day) do update set last = greatest(c.last, excluded.last)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("numbers", "0003_views")]

    operations = [migrations.RunSQL(CLAIM, "drop function numbers_claim_serials")]
