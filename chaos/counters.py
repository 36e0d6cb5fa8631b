"""Clerks with a line of customers who want all kinds of things and pay by all means, while everything is killed."""

import random
import re
import threading
from collections.abc import Mapping
from functools import partial
from typing import Any

from chaos.asking import Browser, moved, shown
from chaos.bank import Bank
from chaos.paying import Till, Way, yuan
from chaos.providers import Providers
from chaos.shifts import People, end_shift, notes_counted
from chaos.told import PayoutTold, ShiftTold, Tally, Told
from chaos.undoing import give_back_by_hand, pay_out, reverse, void

_THINKING_SECONDS = 0.35
_VOIDS, _REVERSES, _GOES_HOME = 0.10, 0.05, 0.04
_NUMBER = re.compile(r'<b class="num big">([^<]+)</b>')
_PAYMENT = re.compile(r"/desk/payments/(\d+)/void")
_BASKET = re.compile(r"/desk/baskets/(\d+)/payment")
_DEPOSIT, _WATER, _HANDSET, _FILMS = 20_000, 8_640, 29_900, 3_000

_TELEPHONE = ("wechat", "alipay")
WAYS: dict[str, tuple[int, tuple[Way, ...]]] = {
    "cash": (18, ()),
    **{name: (12, (partial(Till.scanned, provider=name),)) for name in _TELEPHONE},
    **{f"{name} shown": (6, (partial(Till.shown, provider=name),)) for name in _TELEPHONE},
    "terminal": (12, (Till.terminal,)),
    "slip": (8, (Till.slip,)),
    "transfer": (7, (Till.transferred,)),
    "recharge card": (8, (Till.redeemed,)),
    "parts": (
        6,
        (partial(Till.scanned, provider="wechat", fen=20_000), Till.redeemed, Till.terminal),
    ),
}
"""Who comes how often, and what is tried before cash."""
_VISITS = {"plain": 76, "goods": 12, "balance": 12}


class Counter(threading.Thread):
    """One clerk with one line of customers, until `stop`."""

    def __init__(
        self, number: int, line: Mapping[str, Any], port: int, *, seed: int, tally: Tally, stop: threading.Event, providers: Providers,
        bank: Bank,
    ) -> None:  # fmt: skip
        super().__init__(name=f"counter {number}")
        self._number, self._till, self._due = number, line["tills"][number], line["due"]
        self._tally, self._stop_selling, self._providers, self._bank = tally, stop, providers, bank
        self._dice = random.Random(seed * 1000 + number)
        people = [(self.name, self._till["token"]), (f"{self.name}'s manager", line["manager"]), (f"{self.name}'s auditor", line["auditor"])]  # fmt: skip
        clerk, manager, auditor = (
            Browser(who, token, port, dice=self._dice, tally=tally) for who, token in people
        )
        self._people = People(clerk, manager, auditor)
        self._clerk, self._manager = clerk, manager
        self._parties = dict(zip(self._till["baskets"], self._till["parties"], strict=True))

    def run(self) -> None:
        """Sells until told to stop or nobody stands in line any more."""
        for basket, (party, first) in self._parties.items():
            if self._stop_selling.wait(self._dice.uniform(0, _THINKING_SECONDS)):
                return
            try:
                self._serve(basket, party, first=first)
                if self._dice.random() < _GOES_HOME:
                    self._end_shift()
            except Exception as error:
                self._tally.surprise(f"{self.name}, basket {basket}", f"the counter broke down: {error!r}")

    def _serve(self, basket: int, party: int, *, first: bool) -> None:
        """`first`: nobody else has this customer in line, who may want more than to renew."""
        visit = self._dice.choices(list(_VISITS), list(_VISITS.values()))[0] if first else "plain"
        told = self._told(basket, party, round(float(self._due) * 100))
        if visit == "plain":
            self._sell(told, self._ways(told))
            self._taken_back(told)
            return
        here = f"/desk/customers/{party}"
        if not self._clerk.send(f"{here}/purpose", {"purpose": "id_document"}, moved):
            return
        if visit == "goods":
            self._goods(told, here)
        else:
            self._balance(told, here)
        ended = self._clerk.send("/desk/serving/end", {"asked": "1"})
        if ended is not None and ended.status != 303:
            self._clerk.send("/desk/serving/hold", {"reason": "客户去取证件", "apologised": "1"}, moved)

    def _told(self, basket: int, party: int, fen: int) -> Told:
        told = Told(basket, self._number, fen, party=party)
        with self._tally.lock:
            self._tally.told.append(told)
        return told

    def _ways(self, told: Told, *, but: frozenset[str] = frozenset()) -> tuple[Way, ...]:
        names = [name for name in WAYS if name not in but]
        told.kind = self._dice.choices(names, [WAYS[name][0] for name in names])[0]
        return WAYS[told.kind][1]

    def _sell(self, told: Told, ways: tuple[Way, ...], *, stays: bool = False) -> None:
        self._at(told, stays=stays).pay(ways)
        self._read(told)

    def _at(self, told: Told, *, stays: bool) -> Till:
        return Till(
            told, self._clerk, providers=self._providers, bank=self._bank, tally=self._tally, stays=stays
        )

    def _read(self, told: Told) -> None:
        """The receipt that the page of the sale shows."""
        if not told.paid:
            return
        page = self._clerk.insist(f"/desk/baskets/{told.basket}/payment", None, shown)
        if page is None:
            return
        number, payment = _NUMBER.search(page.text), _PAYMENT.search(page.text)
        if not number or not payment:
            self._tally.surprise(
                f"{self.name}, basket {told.basket}", "the page of the sale shows no receipt"
            )
            return
        told.number, told.payment = number[1], int(payment[1])

    def _taken_back(self, told: Told) -> None:
        chance = self._dice.random()
        if not told.payment or chance > _VOIDS + _REVERSES:
            return
        if chance < _VOIDS:
            void(told, self._clerk)
        else:
            reverse(told, self._clerk, self._manager)
        if told.voided and {"card", "transfer"} & set(told.means):
            give_back_by_hand(told, self._clerk, self._manager, self._providers)

    def _goods(self, told: Told, here: str) -> None:
        """A bill, a handset, some months of films, with the renewal; one payment."""
        wanted = [
            ("collection", f"H{told.party}", _WATER, {"offering": "water-bill", "reference": f"H{told.party}", "amount": yuan(_WATER)}),
            ("handset", f"CHAOS{told.party}", _HANDSET, {"offering": "handset-elder", "serial": f"CHAOS{told.party}"}),
            ("value_added", "", _FILMS, {"offering": "video-member", "months": "2", "line": str(told.party)}),
        ]  # fmt: skip
        for business, reference, fen, form in self._dice.sample(wanted, self._dice.randint(1, 3)):
            if self._clerk.send(f"{here}/goods/items", form, moved) is None:
                return
            told.fen += fen
            told.goods.append((business, reference))
        self._sell(told, self._ways(told), stays=True)
        self._taken_back(told)

    def _balance(self, told: Told, here: str) -> None:
        """Money is paid in with the renewal; a bill is paid from it, perhaps taken back; what is left may be paid out."""
        if self._clerk.send(f"{here}/balance/deposits", {"amount": yuan(_DEPOSIT)}, moved) is None:
            return
        told.fen, told.deposit = told.fen + _DEPOSIT, _DEPOSIT
        self._sell(told, self._ways(told), stays=True)
        bill = self._bill(told, here) if told.paid else None
        if bill is None:
            return
        self._taken_back(bill)
        if bill.paid and not bill.asked_void and self._dice.random() < 0.4:
            left = _DEPOSIT - bill.means["prepaid"]
            pay_out(PayoutTold(told.party, left), self._clerk, self._manager, self._tally)
        else:
            self._taken_back(told)

    def _bill(self, told: Told, here: str) -> Told | None:
        """A bill of the waterworks, from the balance, the rest in cash."""
        number = f"B{told.party}"
        form = {"offering": "water-bill", "reference": number, "amount": yuan(_WATER)}
        added = self._clerk.send(f"{here}/goods/items", form, moved)
        page = self._clerk.insist(here, None, shown) if added else None
        found = _BASKET.search(page.text) if page else None
        if found is None:
            return None
        bill = self._told(int(found[1]), told.party, _WATER)
        bill.kind, bill.goods = "prepaid", [("collection", number)]
        part = self._dice.choice((_WATER, 5_000))
        sums = {"prepaid": part} | ({"cash": _WATER - part} if part < _WATER else {})
        body = {"due": yuan(_WATER), "exact": "0.00", "balance": yuan(part), "received": yuan(_WATER - part)}
        if not self._at(bill, stays=True).settle(body, [], sums):
            self._tally.surprise(f"{self.name}, basket {bill.basket}", "a bill was not paid from the balance")
        self._read(bill)
        return bill

    def _end_shift(self) -> None:
        shift = ShiftTold(self._number, notes_counted(self._dice))
        with self._tally.lock:
            self._tally.shifts.append(shift)
        end_shift(shift, self._people, f"营业员{self._number}", self._tally)
