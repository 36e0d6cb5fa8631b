"""The hall's bank: what customers transferred and which bags arrived, and the files that say so."""

import random
import threading
from datetime import datetime

from chaos.told import BagTold, Tally, TransferTold
from onehall.foundation.values.period import CHINA

_HEAD = "交易日期,流水号,摘要,贷方金额,对方户名\n"
_SHOWN_AGAIN = 5


class Bank:
    """Keeps everything that came; a file shows what no file showed yet, and some rows once more."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._lock = threading.Lock()
        self._turn = 0

    def transferred(self, fen: int, *, payer: str, dice: random.Random) -> TransferTold:
        """A customer's transfer has arrived."""
        with self._lock:
            self._turn += 1
            made = TransferTold(f"TR{self._turn:06}{dice.randrange(10**6):06}", fen, payer)
        with self._tally.lock:
            self._tally.transfers.append(made)
        return made

    def file(self, dice: random.Random) -> tuple[str, list[TransferTold | BagTold]]:
        """A file, and what it shows for the first time; empty where nothing is new."""
        with self._tally.lock:
            new: list[TransferTold | BagTold] = [one for one in self._tally.transfers if not one.shown]
            new += [one for one in self._tally.bags if one.left and not one.shown]
            old: list[TransferTold | BagTold] = [one for one in self._tally.transfers if one.shown]
        if not new:
            return "", []
        rows = [*dice.sample(old, min(len(old), _SHOWN_AGAIN)), *new]
        day = f"{datetime.now(CHINA):%Y-%m-%d}"
        return _HEAD + "\n".join(f"{day},{self._row(one)}" for one in rows), new

    @staticmethod
    def _row(one: TransferTold | BagTold) -> str:
        fen = f"{one.fen // 100}.{one.fen % 100:02}"
        if isinstance(one, BagTold):
            return f"BAG{one.bag},{one.serial},{fen},"
        return f"{one.reference},,{fen},{one.payer}"
