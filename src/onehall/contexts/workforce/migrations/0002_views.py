"""What other storeys may read of enquiries: who took them, who holds them now, how far they are."""

from django.db import migrations

_MAKE = """
    create view pub_workforce_enquiry as
    select e.id, e.hall_id, e.what, e.party_id, e.first_id as first, f.name as first_name,
           coalesce(held.taker_id, e.first_id) as holder, coalesce(k.name, f.name) as holder_name,
           o.taker_id as offered_to, coalesce(t.name, '') as offered_name, e.taken_at, e.due_at,
           coalesce(a.outcome, '') as outcome, coalesce(b.name, '') as answered_by, a.at as answered_at, c.at as closed_at
    from workforce_enquiry e
    join identity_user f on f.id = e.first_id
    left join lateral (select h.taker_id from workforce_handover h where h.enquiry_id = e.id and h.accepted
                       order by h.id desc limit 1) held on true
    left join identity_user k on k.id = held.taker_id
    left join workforce_handover o on o.enquiry_id = e.id and o.accepted is null
    left join identity_user t on t.id = o.taker_id
    left join workforce_enquiryanswer a on a.enquiry_id = e.id
    left join identity_user b on b.id = a.by_id
    left join workforce_enquiryclosing c on c.enquiry_id = e.id
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial")]

    operations = [migrations.RunSQL(_MAKE, "drop view pub_workforce_enquiry")]
