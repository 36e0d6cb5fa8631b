"""The files of a private FreeRADIUS: what stands in them, for a plan."""

from collections.abc import Mapping
from string import Template

from onehall.adapters.radius import wording, wording_sites
from onehall.adapters.radius.kinds import kinds
from onehall.contexts.provisioning.ports import ServerClient, ServerDatabase, ServerPlace, ServerPlan

CLEAR = "clear"
"""The file of clear passwords: it alone is read again without a restart."""
PASSFILE = "pgpass"
_ACCOUNT = "%{SQL-User-Name}"
_SPEEDS = {
    "down_kbps": "%{control:Tmp-Integer-0}",
    "up_kbps": "%{control:Tmp-Integer-1}",
    "down_bps": "%{control:Tmp-Integer-2}",
    "up_bps": "%{control:Tmp-Integer-3}",
}
_NOW = "to_timestamp(%l.%M)"


_TEXTS = {
    "radiusd.conf": wording.MAIN, "modules.conf": wording.MODULES, "policy.conf": wording.POLICY,
    "sites.conf": wording_sites.SITES,
}  # fmt: skip


class _Filled(Template):
    delimiter = "@"


def files(
    plan: ServerPlan,
    database: ServerDatabase,
    place: ServerPlace,
    *,
    modules: str,
    threads: int,
    reject_delay: int,
) -> dict[str, str]:
    """Text by name of file, to be kept from all eyes but the server's."""
    facts = _queries(plan) | {
        "folder": str(place.folder), "modules": modules, "threads": str(threads), "reject_delay": str(reject_delay),
        "address": place.address, "port": str(place.port), "accounting_port": str(place.port + 1),
        "connection": _connection(database), "interim_seconds": str(plan.interim_seconds), "speeds": _speeds(),
        "slow_pap": _slow_pap(plan), "name": wording.NAME, "wrong": wording.WRONG, "method": wording.METHOD,
    }  # fmt: skip
    written = {name: _Filled(text).substitute(facts) for name, text in _TEXTS.items()}
    clients = "".join(_client(client) for client in plan.clients)
    return written | {
        "clients.conf": clients,
        "reject": wording.REJECT,
        CLEAR: _clear(plan.chap),
        PASSFILE: _passfile(database),
    }


def _connection(database: ServerDatabase) -> str:
    """Without the password: FreeRADIUS writes this into its log."""
    facts = {
        "host": database.host, "port": database.port, "dbname": database.name, "user": database.role,
        "passfile": "${confdir}/" + PASSFILE, "application_name": "onehall-radius", "connect_timeout": 3,
    }  # fmt: skip
    return " ".join(f"{name}={value}" for name, value in facts.items() if value)


def _passfile(database: ServerDatabase) -> str:
    return f"*:*:*:{database.role}:{database.password}\n"


def _client(client: ServerClient) -> str:
    """Between single quotes nothing is special but they and the backslash, which no secret holds (`rules.devices`)."""
    return (
        f"client nas_{client.id} {{\n  ipaddr = {client.address}\n  secret = '{client.secret}'\n"
        f"  shortname = nas_{client.id}\n  kind = {client.kind}\n}}\n"
    )


def _quoted(text: str) -> str:
    """Anything that could mean something to the reader of the configuration goes by its number."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else _octal(c) for c in text) + '"'


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in character.encode())


def _clear(passwords: Mapping[str, str]) -> str:
    return "".join(
        f"{account}\tCleartext-Password := {_quoted(password)}\n"
        for account, password in sorted(passwords.items())
    )


def _slow_pap(plan: ServerPlan) -> str:
    """FreeRADIUS's `pap` does not recognise this hash by itself as a reason to check a PAP password; it does check it."""
    if not plan.slow_pap:
        return ""
    return 'if (&User-Password) {\n    update control {\n      &Tmp-String-8 := "pbkdf2"\n      &Auth-Type := PAP\n    }\n  }'


def _speeds() -> str:
    """What each kind of device is told of the speed, chosen by the kind that stands with the client."""
    cases = []
    for code, kind in sorted(kinds().items()):
        told = "".join(f'        &{one.attribute} := "{one.value.format(**_SPEEDS)}"\n' for one in kind.speed)
        label = "" if code == "generic" else f' "{code}"'
        cases.append((label, f"    case{label} {{\n      update reply {{\n{told}      }}\n    }}\n"))
    ordered = "".join(text for _, text in sorted(cases, key=lambda case: case[0] == ""))
    return f'  switch "%{{client:kind}}" {{\n{ordered}  }}'


def _queries(plan: ServerPlan) -> dict[str, str]:
    asker = f"'{_ACCOUNT}', '%{{Tmp-String-7}}', '%{{Calling-Station-Id}}'"
    return {
        "authorise": (
            f"select id, username, attribute, value, op from radius.authorise({asker}, "  # noqa: S608 - FreeRADIUS escapes
            f"'%{{%{{control:Tmp-String-8}}:-nt}}', {plan.silent_seconds}, '{plan.zone}', {_NOW})"
        ),
        "answered": (
            "select radius.answered('%{%{session-state:User-Name}:-%{SQL-User-Name}}', '%{Tmp-String-7}', "
            "'%{Calling-Station-Id}', '%{control:Tmp-Integer-9}'::integer::boolean, '%{control:Tmp-String-9}', '', "
            f"{_NOW})"
        ),
        "rebooted": f"select radius.rebooted('%{{Tmp-String-7}}', {_EVENT}, {_number('Acct-Delay-Time')}, {_NOW})",
        **{status: _account(status, plan.zone) for status in ("start", "interim", "stop")},
    }


def _account(status: str, zone: str) -> str:
    numbers = ", ".join(_number(name) for name in _NUMBERS)
    return (
        f"select radius.account('{status}', '%{{Acct-Session-Id}}', '{_ACCOUNT}', '%{{Tmp-String-7}}', "
        "'%{%{NAS-Port-Id}:-%{NAS-Port}}', '%{Calling-Station-Id}', nullif('%{Framed-IP-Address}', '')::inet, "
        f"{_EVENT}, {numbers}, '%{{string:Class}}', '%{{Acct-Terminate-Cause}}', '{zone}', {_NOW})"
    )


def _number(attribute: str) -> str:
    return f"nullif('%{{{attribute}}}', '')::bigint"


_EVENT = "to_timestamp(nullif('%{integer:Event-Timestamp}', '')::bigint)"
_NUMBERS = (
    "Acct-Delay-Time", "Acct-Session-Time", "Acct-Input-Octets", "Acct-Input-Gigawords", "Acct-Output-Octets",
    "Acct-Output-Gigawords",
)  # fmt: skip
