"""What organisation publishes to readings."""

from django.db import migrations

_CREATE = """
    create view pub_organisation_hall as
        select h.id, h.code, h.region_id, r.code as region_code, h.name_zh, h.name_en, h.formal_name_zh,
               h.formal_name_en, h.phone, h.compounds
        from organisation_hall h join organisation_region r on r.id = h.region_id;
    create view pub_organisation_counter as
        select id, hall_id, no, name_zh, name_en, capabilities from organisation_counter;
    create view pub_organisation_person as
        select id, staff_no, name, user_id from organisation_person;
    create view pub_organisation_post as
        select p.person_id, p.role, p.hall_id, n.user_id, n.staff_no, n.name
        from organisation_post p join organisation_person n on n.id = p.person_id;
    create view pub_organisation_department as
        select d.id, d.code, d.name_zh, d.name_en, d.compounds, d.project_manager_id, n.user_id as project_manager_user_id
        from organisation_department d left join organisation_person n on n.id = d.project_manager_id;
"""
_DROP = """
    drop view pub_organisation_department;
    drop view pub_organisation_post;
    drop view pub_organisation_person;
    drop view pub_organisation_counter;
    drop view pub_organisation_hall;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_references")]

    operations = [migrations.RunSQL(_CREATE, _DROP)]
