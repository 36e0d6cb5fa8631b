"""How a basket is paid: by one means, or by several, each sent again until it is answered; what stays open is asked about and cancelled."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chaos.asking import Browser, shown
from chaos.bank import Bank
from chaos.providers import Providers
from chaos.told import SlipTold, Tally, Told, TransferTold

Way = Callable[["Till", int], None]

HABITS = ("00",) * 8 + ("91", "92", "93", "94", "95", "96", "97")
"""How a telephone behaves (`adapters.*.simulator.HABITS`): most simply pay."""
_CARD_ENDS = (0,) * 8 + (91, 92, 93, 94, 95, 96, 97)
_RECHARGES = ("0",) * 6 + ("2", "4", "5", "8")
_ROW = re.compile(r'<li data-row="charge(\d+)">(.*?)</li>', re.DOTALL)
_OUTPUT = re.compile(r"<output[^>]*>(.*?)</output>", re.DOTALL)
_INTENT = re.compile(r'name="intent" value="([^"]+)"')
_SETTLE = re.compile(r'data-row="settle.*?</form>', re.DOTALL)
MEANS = {"微信支付": "wechat", "支付宝": "alipay", "银行卡": "card", "刷卡": "card", "银行转账": "transfer", "充值卡": "recharge_card"}  # fmt: skip
_PATIENCE, _ROUNDS = 3, 8
_BANK_SECONDS = 25.0


@dataclass(frozen=True)
class Charge:
    """A charge as the page shows it."""

    id: int
    means: str
    fen: int
    paid: bool
    open: bool
    by_hand: bool
    waits_for_slip: bool


@dataclass(frozen=True)
class Standing:
    """Where a payment in parts stands: every charge, whether the basket is settled, and the intent that settles what is paid wholly."""

    charges: tuple[Charge, ...]
    over: bool
    intent: str = ""

    @property
    def came(self) -> int:
        """What was paid, in fen."""
        return sum(one.fen for one in self.charges if one.paid)


def fen_of(text: str) -> int:
    """A sum as the page writes it; 0 where there is none."""
    found = re.search(r"[\d,]+\.\d\d", re.sub(r"<[^>]+>", "", text))
    return int(found[0].replace(",", "").replace(".", "")) if found else 0


def yuan(fen: int) -> str:
    """As a clerk types it."""
    return f"{fen // 100}.{fen % 100:02}"


def standing_of(page: str) -> Standing:
    """What the page of charges says."""
    settle = _SETTLE.search(page)
    intent = _INTENT.search(settle[0]) if settle else None
    return Standing(
        tuple(_charge(int(number), row) for number, row in _ROW.findall(page)), 'id="done"' in page, intent[1] if intent else ""
    )  # fmt: skip


def _charge(number: int, row: str) -> Charge:
    plain = re.sub(r"<[^>]+>", " ", row)
    means = next((code for name, code in MEANS.items() if name in plain.split("·")[0]), "?")
    return Charge(
        number, means, fen_of(row[row.find('<b class="num">') :]), "已付" in plain, f"/{number}/query" in row, "登记签购单" in plain or "银行记录" in plain,
        "refund-slip" in row,
    )  # fmt: skip


class Till:
    """One basket before one clerk."""

    def __init__(
        self,
        told: Told,
        browser: Browser,
        *,
        providers: Providers,
        bank: Bank,
        tally: Tally,
        stays: bool = False,
    ) -> None:
        self.told, self.browser = told, browser
        self._providers, self._bank, self._tally, self._stays = providers, bank, tally, stays
        self._address = f"/desk/baskets/{told.basket}"
        self.gone = False

    def pay(self, ways: Sequence[Way]) -> None:
        """Tries these ways one after the other over what is left, and takes the rest in cash."""
        waiting = list(ways)
        for _ in range(_ROUNDS):
            standing = self._seen_to() if self.told.kind != "cash" else Standing((), over=False)
            if self.gone or standing is None:
                return
            left = self.told.fen - standing.came
            if standing.over:
                self._paid(self._sums(standing))
                return
            if left and waiting:
                waiting.pop(0)(self, left)
            elif self._finish(standing, left):
                return
        self._tally.surprise(self._who, f"not paid after {_ROUNDS} rounds")

    @property
    def _who(self) -> str:
        return f"counter {self.told.counter}, basket {self.told.basket}"

    def _seen_to(self) -> Standing | None:
        """Asks about what is open, and cancels what stays open."""
        for turn in range(2 * _PATIENCE):
            page = self.browser.insist(f"{self._address}/charges", None, shown)
            if page is None:
                self.gone = True
                return None
            standing = standing_of(page.text)
            waits = [one for one in standing.charges if one.open]
            if not waits or standing.over:
                return standing
            time.sleep(self.browser.dice.uniform(0.2, 1.0))
            what = "query" if turn < _PATIENCE else "cancellation"
            self._post(f"charges/{waits[0].id}/{what}")
            if self.gone:
                return None
        self._tally.surprise(self._who, f"charge {waits[0].id} stays open though it was cancelled")
        self.gone = True
        return None

    def _finish(self, standing: Standing, left: int) -> bool:
        """Settles with what came, the rest in cash; False where the basket has changed meanwhile."""
        used = [one.id for one in standing.charges if one.paid]
        sums = self._sums(standing) | ({"cash": left} if left else {})
        body = {"due": yuan(self.told.fen), "means": "cash", "exact": yuan(left), "received": yuan(left)}
        return self.settle(body, used, sums, intent=standing.intent if not left else "")

    def settle(
        self, body: dict[str, str], used: Sequence[int], sums: dict[str, int], *, intent: str = ""
    ) -> bool:
        """Takes the payment; True where it is answered or nobody waits for the answer any more."""
        answer = self.browser.send_payment(
            f"{self._address}/payment", body, used, intent=intent, walks=not self._stays
        )
        if answer is None:
            self.gone = True
            return True
        if answer.status == 409:
            return False
        if "/payment" in answer.location:
            self._paid(sums)
            return True
        return False

    def _paid(self, sums: dict[str, int]) -> None:
        self.told.paid, self.told.means = True, sums
        with self._tally.lock:
            self._tally.answered += 1

    @staticmethod
    def _sums(standing: Standing) -> dict[str, int]:
        sums: dict[str, int] = {}
        for one in standing.charges:
            if one.paid:
                sums[one.means] = sums.get(one.means, 0) + one.fen
        return sums

    def _post(self, address: str, **body: str) -> int:
        answer = self.browser.send(f"{self._address}/{address}", body, walks=not self._stays)
        self.gone |= answer is None
        return answer.status if answer else 0

    # ── the ways ──

    def scanned(self, left: int, *, provider: str, fen: int = 0) -> None:
        """The customer's code."""
        dice = self.browser.dice
        head = "13" if provider == "wechat" else "28"
        code = f"{head}{dice.randrange(10**14):014}{dice.choice(HABITS)}"
        self._post("charges", code=code, **_amount(fen, left))

    def shown(self, left: int, *, provider: str) -> None:
        """Our code."""
        self._post("charges", what="show", provider=provider)

    def terminal(self, left: int) -> None:
        """A connected terminal; the sum's fen say how the card behaves."""
        fen = left // 100 * 100 - 100 + self.browser.dice.choice(_CARD_ENDS)
        self._post("cards", what="terminal", **_amount(fen, left))

    def slip(self, left: int) -> None:
        """A terminal that stands beside; its slip is typed."""
        sale = self._providers.by_hand(left)
        told = SlipTold(sale.reference, left, self.told.basket)
        with self._tally.lock:
            self._tally.slips.append(told)
        status = self._post(
            "cards", what="slip", card="1234", approval=sale.approval, reference=sale.reference
        )
        told.typed = {303: True, 409: False}.get(status)

    def redeemed(self, left: int) -> None:
        """A recharge card over a hundred yuan."""
        card = self._providers.sold(min(10_000, left), self.browser.dice.choice(_RECHARGES))
        self._post("recharge-cards", card_no=card.serial, secret=card.secret, card_amount=yuan(card.fen))

    def transferred(self, left: int) -> None:
        """Into the company's account; the customer waits until the bank's record shows it, or pays otherwise."""
        transfer = self._bank.transferred(left, payer=f"客户{self.told.party}", dice=self.browser.dice)
        until = time.monotonic() + _BANK_SECONDS
        while not transfer.shown and time.monotonic() < until:
            time.sleep(0.2)
        if transfer.shown:
            self._claim(transfer)

    def _claim(self, transfer: TransferTold) -> None:
        transfer.basket = self.told.basket
        status = self._post(
            "transfers", reference=transfer.reference, payer="", transfer_amount=yuan(transfer.fen)
        )
        transfer.claimed = {303: True, 409: False}.get(status)


def _amount(fen: int, left: int) -> dict[str, str]:
    return {"amount": yuan(fen)} if 0 < fen < left else {}
