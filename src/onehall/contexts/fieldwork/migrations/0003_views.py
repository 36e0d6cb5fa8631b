"""What readings may see of fieldwork: cases with their state, without contacts and signatures.

`pub_fieldwork_work_order` derives the state as `rules.state_of` does; a test compares the two over every combination.
"""

from django.db import migrations

CASES = """
    select w.id, w.hall_id, w.order_id, w.party_id, w.dwelling_id, w.subscription_id, w.compound, w.kind, w.serial,
           w.account, w.address, w.offering_zh, w.offering_en, w.points, w.follow_up, w.start_on, w.department, w.accepted_at,
           w.dispatch_by, w.due_at, w.closed_at,
           d.at as handed_at, d.by_id as handed_by_id, coalesce(d.project_manager_id, w.project_manager_id)
               as project_manager_id,
           s.at as signed_at, a.installer_id, a.at as assigned_at, v.id as visit_id, v.started_at,
           e.at as finished_at, e.return_by, r.at as returned_at, f.due_at as follow_up_due, f.tries, f.passed_at,
           x.at as archived_at, y.at as withdrawn_at,
           case when y.at is not null then 'withdrawn'
                when x.at is not null then 'archived'
                when f.passed_at is not null then 'to_archive'
                when r.at is not null and w.follow_up then 'to_follow_up'
                when r.at is not null then 'to_archive'
                when e.at is not null then 'to_return'
                when v.id is not null then 'in_work'
                when s.at is not null then 'to_visit'
                when d.at is not null then 'dispatched'
                else 'to_dispatch' end as state,
           case when w.closed_at is not null then null
                when f.passed_at is not null or (r.at is not null and not w.follow_up) then null
                when r.at is not null then f.due_at
                when e.at is not null then e.return_by
                when s.at is not null then w.due_at
                else w.dispatch_by end as waiting_until
    from fieldwork_workorder w
    left join fieldwork_dispatch d on d.work_order_id = w.id
    left join fieldwork_dispatchsignature s on s.work_order_id = w.id
    left join lateral (
        select installer_id, at from fieldwork_assignment where work_order_id = w.id order by id desc limit 1) a on true
    left join fieldwork_visit v on v.work_order_id = w.id and v.open
    left join fieldwork_visitend e on e.work_order_id = w.id and e.done
    left join fieldwork_sheetreturn r on r.work_order_id = w.id
    left join fieldwork_followup f on f.work_order_id = w.id
    left join fieldwork_casearchive x on x.work_order_id = w.id
    left join fieldwork_withdrawal y on y.work_order_id = w.id
"""

VIEWS = {
    "pub_fieldwork_work_order": CASES,
    "pub_fieldwork_call": "select id, follow_up_id as work_order_id, outcome, satisfaction, by_id, at"
    " from fieldwork_followupcall",
    "pub_fieldwork_visit": """
        select v.id, v.work_order_id, v.installer_id, v.started_at, e.at as ended_at, e.done
        from fieldwork_visit v left join fieldwork_visitend e on e.visit_id = v.id""",
}


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {body}", f"drop view {name}")
        for name, body in VIEWS.items()
    ]
