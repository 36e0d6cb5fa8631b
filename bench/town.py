"""A town of invented customers, as many as wanted, loaded by COPY and set statements."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache

import psycopg
from psycopg import sql

AT = datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=8)))
SEED = 42
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "国建华文明平志伟红军丽敏静强磊洋勇艳杰娟涛秀霞燕辉刚玲桂芳英玉萍兰鹏宇浩凯健俊帆雪倩婷慧莉丹晶佳鑫博斌"
    "超波旭宁欣怡子轩梓涵雨泽晨思睿诗琪家豪嘉诚天翔海龙云峰春梅秋菊冬生夏荷石松柏林森木水清泉川江河湖山岩岭"
    "东南西北中原新安乐康福寿喜庆祥瑞吉贵荣富德仁义礼智信忠孝廉和美善真良正直光亮景星月日辰永恒久长远高深宽"
)
FIRMS = ("网络", "商贸", "餐饮", "物业", "电子", "建材", "运输", "广告")
FIRM_SHARE = 50
COMPOUNDS, BUILDINGS, UNITS, ROOMS = 50, 50, 4, 100
_TABLES = ("customers_party", "customers_identitydocument", "customers_contact", "customers_premises",
           "subscriptions_subscription")  # fmt: skip


def build(url: str, customers: int) -> None:
    """Brings the database to the present schema and to this many customers; does nothing when it is there."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from customers_party").fetchone()
        if row and row[0] == customers:
            return
        connection.execute("set session_replication_role = replica")
        connection.execute("set maintenance_work_mem = '256MB'")
        for table in _TABLES:
            connection.execute(sql.SQL("truncate {} cascade").format(sql.Identifier(table)))
        indexes = _without_indexes(connection)
        _load_people(connection, customers, hall_id=1, user_id=1)  # ids of rows that nothing here asks for
        _load_premises(connection)
        _load_subscriptions(connection, customers)
        for definition in indexes:
            connection.execute(definition)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in _TABLES:
            connection.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(table)))


def queries(count: int, customers: int) -> dict[str, list[str]]:
    """A morning at the desk: what clerks type, spread evenly over the kinds."""
    dice = random.Random(SEED + 1)
    people = [_person(dice.randrange(customers)) for _ in range(max(1, count // 18))]
    homes = [dice.randrange(customers) for _ in people]
    where = [_place(number) for number in homes]
    return {
        "name": [name for name, *_ in people],
        "part of a name": [name[-2:] for name, *_ in people],
        "surname": [name[0] for name, *_ in people],
        "name and last four": [f"{name} {phone[-4:]}" for name, phone, _ in people],
        "initials": [_keys(name)[1] for name, *_ in people],
        "initials, last four": [f"{_keys(name)[1]}{phone[-4:]}" for name, phone, _ in people],
        "pinyin": [_keys(name)[2] for name, *_ in people],
        "word of a firm": [dice.choice(FIRMS) + "有限" for _ in people],
        "telephone": [phone for _, phone, _ in people],
        "last four": [phone[-4:] for _, phone, _ in people],
        "document": [number for *_, number in people],
        "account": [f"{c}{b:02}{u}{r:04}" for c, b, u, r in where],
        "account's beginning": [f"{c}{b:02}" for c, b, *_ in where],
        "account's end": [f"{u}{r:04}" for _, _, u, r in where],
        "serial": [_serial(number) for number in homes],
        "address in words": [f"{_compound_name(c)}{b}号楼{u}单元{r}室" for c, b, u, r in where],
        "address in numbers": [f"{b}-{u}-{r}" for _, b, u, r in where],
        "nobody": [f"龘{dice.choice(GIVEN)}龘" for _ in people],
    }


def _without_indexes(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Drops what can be built faster afterwards and returns how to build it."""
    rows = connection.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid = any(%s::regclass[]) and not i.indisprimary"
        " and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)",
        [list(_TABLES)],
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"drop index {name}")
    return [str(definition) for _, definition in rows]


def _person(number: int) -> tuple[str, str, str]:
    """Name, telephone and document of the n-th customer; every fiftieth is a firm."""
    dice = random.Random(number * 31 + SEED)
    if number % FIRM_SHARE == 0:
        name = "".join(dice.choices(GIVEN, k=3)) + dice.choice(FIRMS) + "有限公司"
        return name, f"029{dice.randrange(60000000, 89999999)}", f"91{number:016}"
    surname = SURNAMES[min(int(dice.expovariate(0.05)), len(SURNAMES) - 1)]
    name = surname + "".join(dice.choices(GIVEN, k=1 + (dice.random() < 0.8)))
    born = date(1945, 1, 1) + timedelta(days=dice.randrange(24_000))
    return (
        name,
        f"1{dice.choice('3589')}{dice.randrange(10**9):09}",
        f"{610100 + number // 10000}{born:%Y%m%d}{number % 10000:04}",
    )


def _keys(name: str) -> tuple[tuple[str, ...], str, str]:
    from onehall.contexts.customers.api import PartyKind, search_keys

    found = search_keys(name, PartyKind.ORGANISATION if len(name) > 4 else PartyKind.INDIVIDUAL)
    return found.bigrams, found.initials, found.pinyin


@cache
def _end(last4: str, purpose: str) -> str:
    from onehall.foundation.vault import keyed_hash

    return "\\\\x" + keyed_hash(last4, purpose).hex()


def _load_people(
    connection: psycopg.Connection[tuple[object, ...]], customers: int, hall_id: int, user_id: int
) -> None:
    people = [_person(number) for number in range(customers)]
    party = "(id, kind, name, name_keys, initials, name_pinyin, registered_hall_id, registered_at, by_id)"
    tail = f"\t{hall_id}\t{AT}\t{user_id}\n"
    _copy(connection, f"customers_party {party}", (_party(i, p[0]) + tail for i, p in enumerate(people, 1)))
    document = "(party_id, kind, number, number_hash, last4_hash)"
    lines = (_document(i, name, number) for i, (name, _, number) in enumerate(people, 1))
    _copy(connection, f"customers_identitydocument {document}", lines)
    contact = "(party_id, kind, phone, phone_hash, last4_hash)"
    _copy(connection, f"customers_contact {contact}", (_contact(i, p[1]) for i, p in enumerate(people, 1)))


def _party(party_id: int, name: str) -> str:
    bigrams, initials, pinyin = _keys(name)
    return f"{party_id}\t{_kind(name)}\t{name}\t{{{','.join(bigrams)}}}\t{initials}\t{pinyin}"


def _kind(name: str) -> str:
    return "organisation" if len(name) > 4 else "individual"


def _document(party_id: int, name: str, number: str) -> str:
    from onehall.foundation.vault import encrypt, keyed_hash

    kind = "credit_code" if len(name) > 4 else "resident_id"
    secret = encrypt(number, context="customers_identitydocument.number").hex()
    whole = keyed_hash(number, "document").hex()
    return f"{party_id}\t{kind}\t\\\\x{secret}\t\\\\x{whole}\t{_end(number[-4:], 'document.last4')}\n"


def _contact(party_id: int, phone: str) -> str:
    from onehall.contexts.customers.api import searched_phone
    from onehall.foundation.vault import encrypt, keyed_hash

    kind = "landline" if phone.startswith("0") else "mobile"
    secret = encrypt(phone, context="customers_contact.phone").hex()
    whole = keyed_hash(searched_phone(phone), "phone").hex()
    return f"{party_id}\t{kind}\t\\\\x{secret}\t\\\\x{whole}\t{_end(phone[-4:], 'phone.last4')}\n"


def _copy(connection: psycopg.Connection[tuple[object, ...]], into: str, lines: Iterator[str]) -> None:
    statement = f"copy {into} from stdin"
    with connection.cursor().copy(statement) as copy:
        batch: list[str] = []
        for line in lines:
            batch.append(line)
            if len(batch) == 2000:
                copy.write("".join(batch))
                batch.clear()
        copy.write("".join(batch))


def _compound_code(number: int) -> str:
    return "b" + chr(97 + number // 25) + chr(97 + number % 25)


def _compound_name(code: str) -> str:
    """柳建苑: one of fifty invented compounds."""
    return f"柳{GIVEN[(ord(code[1]) - 97) * 25 + ord(code[2]) - 97]}苑"


def _place(number: int) -> tuple[str, int, int, int]:
    """Compound code, building, unit and room of the n-th dwelling, as `_load_premises` numbers them."""
    room, rest = number % ROOMS, number // ROOMS
    unit, rest = rest % UNITS, rest // UNITS
    building, compound = rest % BUILDINGS, rest // BUILDINGS
    return _compound_code(compound), building + 1, unit + 1, (room // 4 + 1) * 100 + room % 4 + 1


def _serial(number: int) -> str:
    """The form serial of the line in the n-th dwelling, as `_load_subscriptions` writes it."""
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    return f"{_place(number)[0].upper()}{day:%Y%m%d}{number // 300 % 1000:03}{number}"


def _load_premises(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    codes = [_compound_code(n) for n in range(COMPOUNDS)]
    connection.execute(
        "create temp table c as select n - 1 as n, code, name from unnest(%s::text[], %s::text[])"
        " with ordinality as x (code, name, n)",
        [codes, [_compound_name(code) for code in codes]],
    )
    columns = "(id, kind, parent_id, path, name, name_en, full_label, full_label_en, established_at)"
    levels = (
        ("compound", 3_000_000, "c.n", "null::bigint", "", "", ""),
        ("building", 2_000_000, "c.n * 50 + b.n", "3000000 + c.n", "/' || b.n + 1 || '", "' || b.n + 1 || '号楼", _numbers("b", BUILDINGS)),
        ("unit", 1_000_000, "(c.n * 50 + b.n) * 4 + u.n", "2000000 + c.n * 50 + b.n", "/' || b.n + 1 || '/' || u.n + 1 || '",
         "' || b.n + 1 || '号楼' || u.n + 1 || '单元", _numbers("b", BUILDINGS) + _numbers("u", UNITS)),
        ("dwelling", 0, "((c.n * 50 + b.n) * 4 + u.n) * 100 + r.n", "1000000 + (c.n * 50 + b.n) * 4 + u.n",
         "/' || b.n + 1 || '/' || u.n + 1 || '/' || (r.n / 4 + 1) * 100 + r.n %% 4 + 1 || '",
         "' || b.n + 1 || '号楼' || u.n + 1 || '单元' || (r.n / 4 + 1) * 100 + r.n %% 4 + 1 || '室",
         _numbers("b", BUILDINGS) + _numbers("u", UNITS) + _numbers("r", ROOMS)),
    )  # fmt: skip
    for kind, base, number, parent, path, label, joins in levels:
        name = "c.name" if kind == "compound" else "''"
        connection.execute(
            f"insert into customers_premises {columns} select {base} + {number}, '{kind}', {parent}, c.code || '{path}',"
            f" {name}, {name}, c.name || '{label}', c.name || '{path}', %s from c {joins}",
            [AT],
        )


def _numbers(alias: str, count: int) -> str:
    return f" cross join generate_series(0, {count - 1}) as {alias} (n)"


def _load_subscriptions(connection: psycopg.Connection[tuple[object, ...]], customers: int) -> None:
    """One broadband line a customer, in the dwelling of the customer's own number."""
    connection.execute(
        """
        insert into subscriptions_subscription (party_id, dwelling_id, kind, account_name, serial, opened_at)
        select p.id, n.id, 'broadband',
            split_part(n.path, '/', 1) || lpad(split_part(n.path, '/', 2), 2, '0') || split_part(n.path, '/', 3)
                || lpad(split_part(n.path, '/', 4), 4, '0'),
            upper(split_part(n.path, '/', 1)) || to_char(date '2026-01-01' + (n.id %% 300)::int, 'YYYYMMDD')
                || lpad((n.id / 300 %% 1000)::text, 3, '0') || n.id, %s
        from customers_party p join customers_premises n on n.id = p.id - 1 and n.kind = 'dwelling'
        where p.id <= %s
        """,
        [AT, customers],
    )
