"""Behind the counters: the bank's record is read, money without a sale is given back, days are printed and months closed, by two people."""

import random
import re
import threading
import time
from collections.abc import Mapping
from typing import Any

from chaos.asking import Browser, moved
from chaos.bank import Bank
from chaos.told import MonthTold, Tally

_PAUSE = (0.5, 2.5)
_PATIENCE_SECONDS = 30.0
_UNSOLD = re.compile(r'data-row="w(\d+)-succeeded"')
_CLOSED = "已经月结"


class Office(threading.Thread):
    """The manager and the cashier-auditor, until `stop`."""

    def __init__(
        self, line: Mapping[str, Any], port: int, *, seed: int, tally: Tally, bank: Bank
    ) -> None:  # fmt: skip
        super().__init__(name="office")
        self.stop = threading.Event()
        self._dice = random.Random(seed * 1000 + 555)
        self._tally, self._bank, self._months = tally, bank, list(line["months"])
        self._manager, self._auditor = (
            Browser(who, line[who], port, dice=self._dice, tally=tally) for who in ("manager", "auditor")
        )
        self._seen: dict[int, float] = {}
        self.reports = 0

    def run(self) -> None:
        """One thing after the other; the bank's record most often, for customers wait for it."""
        others = (self._give_back, self._close_month, self._print_day)
        while not self.stop.wait(self._dice.uniform(*_PAUSE)):
            try:
                self._read_record()
                self._dice.choice(others)()
            except Exception as error:
                self._tally.surprise("office", f"broke down: {error!r}")

    def _read_record(self) -> None:
        content, new = self._bank.file(self._dice)
        if content and self._auditor.send_file("/board/deposits/bank", "bank.csv", content):
            for one in new:
                one.shown = True

    def _give_back(self) -> None:
        """What has stood without a sale for a while: its customer has gone."""
        page = self._manager.see("/board/charges/")
        now, standing = time.monotonic(), {int(one) for one in _UNSOLD.findall(page.text if page else "")}
        self._seen = {one: self._seen.get(one, now) for one in standing}
        late = [one for one, since in self._seen.items() if now - since > _PATIENCE_SECONDS]
        if not late:
            return
        answer = self._manager.send(f"/board/charges/{late[0]}/refund", {"reason": "客户没有办业务"})
        if answer is not None and answer.status == 303:
            with self._tally.lock:
                self._tally.given_back.append(late[0])

    def _close_month(self) -> None:
        """Proposed by one, closed by the other; whoever is told that it is closed already has closed it before."""
        if not self._months:
            return
        told = MonthTold(self._months.pop(0))
        with self._tally.lock:
            self._tally.months.append(told)
        answer = self._manager.send("/board/months/proposal", {"day": told.first}, moved)
        told.proposed = True if answer else None
        if not told.proposed:
            return
        answer = self._auditor.send("/board/months/close", {"day": told.first})
        if answer is not None:
            told.closed = answer.status == 303 or _CLOSED in answer.text

    def _print_day(self) -> None:
        if self._auditor.send("/board/books/report", {}, moved) is not None:
            self.reports += 1
