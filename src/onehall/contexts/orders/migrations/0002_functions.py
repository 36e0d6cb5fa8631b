"""Settling a basket, once, in one call."""

from django.db import migrations

SETTLE = """
create function orders_settle(p_basket bigint, p_hall bigint, p_amount bigint, p_by bigint, p_at timestamptz)
returns table (
    outcome text, due_fen bigint, party_id bigint, opened_at timestamptz, held_seconds double precision,
    settled_at timestamptz, settled_fen bigint,
    id bigint, line smallint, kind text, offering text, price_version integer, name_zh text, name_en text,
    quantity smallint, amount_fen bigint, revenue_account text, dwelling_id bigint, subscription bigint,
    serial text, details text, policy_version bigint
) language plpgsql as $$
#variable_conflict use_column
declare
    basket orders_basket;
    due bigint;
    lines integer;
    held double precision;
    verdict text;
begin
    select * into basket from orders_basket b where b.id = p_basket and b.hall_id = p_hall for update;
    if not found then
        verdict := 'missing';
    elsif basket.state <> 'open' then
        verdict := basket.state;
    else
        select coalesce(sum(i.amount_fen), 0), count(*) into due, lines from orders_basketitem i where i.basket_id = p_basket;
        verdict := case when lines = 0 then 'empty' when due <> p_amount then 'differs' end;
    end if;
    if verdict is not null then
        return query select verdict, due, basket.party_id, basket.opened_at, null::double precision,
            basket.settled_at, basket.settled_fen,
            null::bigint, null::smallint, null::text, null::text, null::integer, null::text, null::text,
            null::smallint, null::bigint, null::text, null::bigint, null::bigint, null::text, null::text, null::bigint;
        return;
    end if;
    update orders_basket b
    set state = 'settled', settled_at = p_at, settled_by_id = p_by, settled_fen = due where b.id = p_basket;
    select coalesce(sum(extract(epoch from h.resumed_at - h.held_at)), 0) into held
    from orders_baskethold h where h.basket_id = p_basket and h.resumed_at is not null;
    return query
        insert into orders_serviceorder as o
            (hall_id, basket_id, line, kind, offering, price_version, name_zh, name_en, quantity, amount_fen,
             revenue_account, party_id, dwelling_id, subscription, serial, details, policy_version, accepted_at, by_id)
        select basket.hall_id, i.basket_id, i.line, i.kind, i.offering, i.price_version, i.name_zh, i.name_en, i.quantity,
               i.amount_fen, i.revenue_account, basket.party_id, i.dwelling_id, i.subscription,
               coalesce(i.details ->> 'serial', ''), i.details, basket.policy_version, p_at, p_by
        from orders_basketitem i where i.basket_id = p_basket order by i.line
        returning 'accepted'::text, due, basket.party_id, basket.opened_at, held, p_at, due,
            o.id, o.line, o.kind, o.offering, o.price_version, o.name_zh, o.name_en, o.quantity, o.amount_fen,
            o.revenue_account, o.dwelling_id, o.subscription, o.serial, o.details::text, o.policy_version;
end $$;
"""

LINK = """
create function orders_link(p_links jsonb)
returns table (id bigint) language sql as $$
    update orders_serviceorder o set subscription = x.subscription, serial = x.serial
    from jsonb_to_recordset(p_links) as x("order" bigint, subscription bigint, serial text)
    where o.id = x."order" and (o.subscription is null or o.subscription = x.subscription)
    returning o.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.RunSQL(SETTLE, "drop function orders_settle"),
        migrations.RunSQL(LINK, "drop function orders_link"),
    ]
