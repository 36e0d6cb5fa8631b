"""What other storeys may read of proposals about missing money."""

from django.db import migrations

_MAKE = """
    create view pub_workforce_shortage as
    select s.id, s.hall_id, s.drawer_id, s.clerk_id, s.amount, s.cause, s.proposed_by_id, s.proposed_at, s.answer_by,
           a.acknowledged, a.at as answered_at, d.outcome, d.by_id as decided_by_id, d.at as decided_at
    from workforce_shortage s
    left join workforce_shortageanswer a on a.shortage_id = s.id
    left join workforce_shortagedecision d on d.shortage_id = s.id
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0060_shortages")]

    operations = [migrations.RunSQL(_MAKE, "drop view pub_workforce_shortage")]
