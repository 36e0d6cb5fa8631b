"""The command `onehall`."""

import argparse
import difflib
import importlib
import os
import pkgutil
import signal
import sys
from typing import NoReturn

import django

from onehall.entrances.console import commands, home
from onehall.entrances.console.words import complain
from onehall.foundation.collector import leave_what_is_loaded
from onehall.foundation.refusals import Refusal
from onehall.foundation.vault import VaultError


class _Parser(argparse.ArgumentParser):
    """Mistakes are answered in both languages, with the nearest thing that exists."""

    known: tuple[str, ...] = ()

    def error(self, message: str) -> NoReturn:
        word = message.split("'")[1] if "invalid choice: '" in message else ""
        near = difflib.get_close_matches(word, self.known, n=1)
        if word and self.known:
            hint = f" 是否想输入 {near[0]}？ Did you mean {near[0]}?" if near else ""
            complain(f"没有命令 {word}。", f"There is no command {word}.{hint}")
            complain(f"可用的命令：{'、'.join(self.known)}", f"Commands: {', '.join(self.known)}")
        else:
            complain(f"用法有误：{message}", f"Not understood: {message}")
            complain(f"见 {self.prog} --help", f"see {self.prog} --help")
        sys.exit(2)


ALONE = frozenset({"rate"})
"""Commands that need no database and no settings: Django is not set up for them, and no other command is loaded."""


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """All commands, found in the folder commands/, or one. Django must be set up for all that import journeys."""
    whole = _Parser(
        prog="onehall",
        description="一厅通 OneHall · 营业厅的操作系统 · the operating system of a service hall",
    )
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda module: module.name):
        if only in (None, module.name):
            importlib.import_module(f"{commands.__name__}.{module.name}").add(subparsers)
    whole.known = tuple(subparsers.choices)
    return whole


def _understood(given: list[str]) -> argparse.Namespace:
    """The command with its arguments; what it needs of Django is ready."""
    alone = next((name for name in given[:1] if name in ALONE), None)
    if alone is None:
        django.setup()
        leave_what_is_loaded()
    return parser(alone).parse_args(given)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and answers its exit code: 0 done, 1 refused with a sentence, 2 not understood, 130 interrupted."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # what was begun is taken down in order
    home.prepare()
    chosen = _understood(sys.argv[1:] if arguments is None else arguments)
    try:
        code: int = chosen.run(chosen)
    except Refusal as refusal:
        complain(refusal.sentence("zh"), refusal.sentence("en"))
        if refusal.alternative("zh"):
            complain(refusal.alternative("zh"), refusal.alternative("en"))
        return 1
    except VaultError as error:
        complain("密钥文件不可用", str(error))
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader had enough (`| head`)
        return 0
    except KeyboardInterrupt:
        complain("已中断。", "Interrupted.")
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
