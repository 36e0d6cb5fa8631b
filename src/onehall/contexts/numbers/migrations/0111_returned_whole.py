"""A book comes back used up and with as many stubs as it has numbers, whoever writes it (RCP-02)."""

from django.db import migrations

HELD = """
create function numbers_book_return_holds() returns trigger language plpgsql as $$
begin
    if not exists (
        select from numbers_book b where b.id = new.book_id and b.next > b.last and new.stubs = b.last - b.first + 1)
    then
        raise exception 'book % is not used up, or stubs are missing', new.book_id
            using errcode = 'check_violation', constraint = 'book_return_whole';
    end if;
    return new;
end $$;
create trigger book_return_holds before insert on numbers_bookreturn
    for each row execute function numbers_book_return_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("numbers", "0110_book_returns")]

    operations = [migrations.RunSQL(HELD, "drop function numbers_book_return_holds cascade")]
