"""`onehall radius run | check | config | nas`: the RADIUS server that lets customers on line (NET-01)."""

import argparse
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.console import home, operator, radius, schema
from onehall.entrances.console.words import both, complain, say
from onehall.journeys.admit_device import admit_device
from onehall.journeys.retire_device import retire_device

_AUTHENTICATION, _COMMANDS = 1812, 3799  # RFC 2865 section 3, RFC 5176 section 2.1


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "radius", help=both("宽带认证服务器与接入设备", "the RADIUS server, access devices")
    )
    what = parser.add_subparsers(metavar="WHAT", required=True)
    for name, told in (
        ("run", both("运行，配置随数据更新", "run it; its configuration follows the data")),
        ("check", both("检查生成的配置", "check the configuration")),
        ("config", both("写出配置，交系统服务运行", "write the configuration for a system service")),
    ):
        one = what.add_parser(name, help=told)
        one.add_argument("--address", default="*", help=both("监听地址", "address to listen on"))
        one.add_argument(
            "--port", type=int, default=_AUTHENTICATION, help=both("认证端口", "port; accounting is the next")
        )
        one.set_defaults(run=run, what=name)
        if name == "config":
            one.add_argument("--out", type=Path, required=True, help=both("目录", "folder"))
    _add_nas(what)


def _add_nas(what: Any) -> None:
    nas = what.add_parser("nas", help=both("接入设备", "access devices")).add_subparsers(
        metavar="WHAT", required=True
    )
    new = nas.add_parser("add", help=both("登记", "admit one"))
    new.add_argument("name", help=both("名称", "name"))
    new.add_argument("address", help=both("IP 地址", "IP address"))
    new.add_argument("--kind", default="generic", help=both("类型", "huawei zte mikrotik cisco generic"))
    new.add_argument("--coa-port", type=int, default=_COMMANDS, help=both("命令端口", "port for commands"))
    new.add_argument("--place", default="", help=both("位置", "where it stands"))
    new.add_argument(
        "--secret-file",
        type=Path,
        help=both("共享密钥所在文件；不给就生成", "file of the secret; none: one is made"),
    )
    new.set_defaults(run=run, what="nas add")
    nas.add_parser("list", help=both("列表", "list them")).set_defaults(run=run, what="nas list")
    gone = nas.add_parser("retire", help=both("停用", "retire one"))
    gone.add_argument("id", type=int, help=both("编号", "number"))
    gone.set_defaults(run=run, what="nas retire")


def run(arguments: argparse.Namespace) -> int:
    """Raises NoServer, NotTaken, BadDevice, DeviceTaken, DeviceUnknown, SchemaBehind, EmbeddedProblem."""
    home.establish()
    with home.database():
        schema.require_current()
        if arguments.what == "run":
            radius.keep(arguments.address, arguments.port)
            return 0
        return _ACTS[arguments.what](arguments)


def _check(arguments: argparse.Namespace) -> int:
    """Changes nothing, neither in the database nor for a server that runs. 1 where a device's secret does not open."""
    with tempfile.TemporaryDirectory(prefix="onehall-radius-check-") as folder:
        Path(folder).chmod(0o711)
        nowhere = provisioning.ServerDatabase("127.0.0.1", 1, "nowhere", radius.ROLE, "nothing")
        plan, count = _write(Path(folder) / "server", arguments, nowhere)
    say(f"配置正确，{count} 台接入设备", f"the configuration is taken, {count} access devices")
    if plan.chap:
        say(
            f"为 CHAP 保存 {len(plan.chap)} 个明文密码", f"{len(plan.chap)} clear passwords are kept for CHAP"
        )
    known = {client.id for client in plan.clients}
    lost = [
        one for one in provisioning.devices(scope=radius.EVERYWHERE) if one.active and one.id not in known
    ]
    for one in lost:
        complain(
            f"接入设备 {one.id} {one.name} 的密钥打不开，没有列入，请重新设置",
            "its secret does not open: it is left out, set a new one",
        )
    return 1 if lost else 0


def _config(arguments: argparse.Namespace) -> int:
    """The server's role gets a new password: one that runs already must be started with the new configuration."""
    out: Path = arguments.out.resolve()
    _, count = _write(out, arguments, radius.database())
    say(f"{count} 台接入设备，配置在 {out}", f"{count} access devices, the configuration is in {out}")
    place = provisioning.ServerPlace(out, arguments.address, arguments.port)
    print("ExecStart=" + " ".join(radius.server().command(place)))
    return 0


def _write(
    folder: Path, arguments: argparse.Namespace, database: provisioning.ServerDatabase
) -> tuple[provisioning.ServerPlan, int]:
    """Raises NoServer, NotTaken."""
    server, now = radius.server(), datetime.now(UTC)
    place = provisioning.ServerPlace(folder, arguments.address, arguments.port)
    plan = radius.Source().plan(now)
    server.write(plan, database, place, trust=radius.trust(), at=now)
    said = server.check(place)
    if said:
        shutil.rmtree(folder, ignore_errors=True)
        raise radius.NotTaken(said=said)
    return plan, len(plan.clients)


def _add(arguments: argparse.Namespace) -> int:
    secret = arguments.secret_file.read_text().strip() if arguments.secret_file else ""
    draft = provisioning.DeviceDraft(
        arguments.name, arguments.kind, arguments.address, arguments.coa_port, arguments.place, secret
    )
    now = datetime.now(UTC)
    made = admit_device(draft=draft, intent=uuid4(), by=operator.at_the_console(at=now), at=now)
    say(f"接入设备 {made.device_id} 已登记", f"access device {made.device_id} is admitted")
    if not secret:
        say(f"共享密钥（只显示这一次）：{made.secret}", "the shared secret, shown this once")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    del arguments
    found = provisioning.devices(scope=radius.EVERYWHERE)
    for one in found:
        mark, heard = "●" if one.active else "○", f"{one.heard_at:%Y-%m-%d %H:%M}" if one.heard_at else "—"
        print(
            f"{mark} {one.id}  {one.name}  {one.kind}  {one.address}  coa={one.coa_port}  {one.place}  heard={heard}"
        )
    say(f"共 {len(found)} 台", f"{len(found)} access devices")
    return 0


def _retire(arguments: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    retire_device(device_id=arguments.id, by=operator.at_the_console(at=now), at=now)
    say(f"接入设备 {arguments.id} 已停用", f"access device {arguments.id} is retired")
    return 0


_ACTS = {"check": _check, "config": _config, "nas add": _add, "nas list": _list, "nas retire": _retire}
