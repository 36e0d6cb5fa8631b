"""A platform of recharge cards, made of software: it redeems a card once in the province, signs, and misbehaves as it is told.

What a card does is in the last digit of its serial (`HABITS`), so that it can be played with by hand. What was redeemed is only ever
read from `redeemed`, never from what was answered.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from onehall.foundation import signed_json
from onehall.foundation.simulation import SigningHandler, SimulatedService

HABITS = {"2": "silent", "4": "slow", "5": "keeps", "8": "twice"}
"""By the serial's last digit: redeemed but no answer comes; redeemed only after a question; a restoration is refused; the platform is
broken and redeems it again for whoever asks."""
DEALER = "D61000001"


@dataclass
class Card:
    """A card as it was sold; `secret` is under the coating."""

    serial: str
    secret: str
    fen: int

    @property
    def habit(self) -> str:
        """How the platform treats this card."""
        return HABITS.get(self.serial[-1], "")


@dataclass
class Redemption:
    """What the platform knows of a number."""

    number: str
    serial: str = ""
    fen: int = 0
    state: str = "CANCELLED"
    message: str = ""
    at: str = ""


@dataclass
class Platform(SimulatedService):
    """Use as a context manager; `write_settings` makes the folder that the plug reads."""

    clock: Callable[[], datetime]
    silence: float = 1.5
    cards: dict[str, Card] = field(default_factory=dict)
    known: dict[str, Redemption] = field(default_factory=dict)

    def __enter__(self) -> "Platform":
        self.key = secrets.token_hex(32).encode()
        self.url = self.serve(SigningHandler, service=self)
        return self

    def write_settings(self, folder: Path) -> None:
        """The dealer's folder, as an administrator would write it."""
        folder.mkdir(parents=True, exist_ok=True)
        told = f'dealer = "{DEALER}"\nkey = "{self.key.decode()}"\nurl = "{self.url}"\n'
        (folder / "recharge_card.toml").write_text(told)

    def sold(self, fen: int, *, ends: str = "0") -> Card:
        """A card that was sold somewhere; its serial ends with this digit."""
        card = Card(f"61{secrets.randbelow(10**11):011d}{ends}", f"{secrets.randbelow(10**12):012d}", fen)
        self.cards[card.serial] = card
        return card

    def redeemed(self) -> dict[str, int]:
        """What cards brought and was not restored, in fen by our number."""
        return {one.number: one.fen for one in self.known.values() if one.state == "REDEEMED"}

    def heard(self, what: str, sent: bytes, signature: str) -> bytes:
        """What it does with a question, and what it answers; nothing at all where it stays silent."""
        told = signed_json.believed(self.key, sent, signature)
        if not told:
            return signed_json.body({"state": "BAD_SIGNATURE"})
        with self.lock:
            answer = getattr(self, f"_{what}")(told)
        return signed_json.body(answer) if answer else b""

    def _redemption(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.known.get(told["number"])
        if one is None:
            one = self.known[told["number"]] = self._judged(told)
        card = self.cards.get(one.serial)
        return {} if card and card.habit == "silent" and one.state == "REDEEMED" else self._told(one)

    def _judged(self, told: dict[str, Any]) -> Redemption:
        """Redeemed once, by who knows the secret, over what is on it."""
        card, number = self.cards.get(told["serial"]), told["number"]
        if card is None or card.secret != told["secret"]:
            return Redemption(number, state="REFUSED", message="卡号或密码不对")
        if (
            any(
                one.serial == card.serial and one.state in ("REDEEMED", "WAITING")
                for one in self.known.values()
            )
            and card.habit != "twice"
        ):
            return Redemption(number, state="REFUSED", message="这张卡已经用过")
        if card.fen != told["fen"]:
            return Redemption(number, state="REFUSED", message=f"卡面值 {card.fen / 100:.2f} 元，要整卡使用")
        state = "WAITING" if card.habit == "slow" else "REDEEMED"
        return Redemption(number, card.serial, card.fen, state, at=self.clock().isoformat())

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.known.get(told["number"])
        if one is None:
            return {"number": told["number"], "state": "UNKNOWN_NUMBER"}
        if one.state == "WAITING":
            one.state = "REDEEMED"
        return self._told(one)

    def _cancellation(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.known.setdefault(told["number"], Redemption(told["number"]))
        if one.state == "WAITING":
            one.state = "CANCELLED"
        return self._told(one)

    def _restoration(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.known.get(told["number"])
        card = self.cards.get(one.serial) if one else None
        if one is None or card is None or card.habit == "keeps" or one.state not in ("REDEEMED", "RESTORED"):
            return {"number": told["number"], "state": "RESTORE_REFUSED", "message": "这张卡不能恢复"}
        one.state = "RESTORED"
        return self._told(one)

    @staticmethod
    def _told(one: Redemption) -> dict[str, Any]:
        told: dict[str, Any] = {"number": one.number, "state": one.state, "message": one.message}
        if one.state == "REDEEMED":
            told |= {"serial": one.serial, "fen": one.fen, "redeemed_at": one.at}
        return told
