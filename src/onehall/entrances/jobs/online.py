"""Every second what was paid on the web is booked; every minute a drawer of a day that is over is closed (decision 0063)."""

import logging
from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.journeys.end_online_day import end_online_day
from onehall.journeys.settle_online import settle_online
from onehall.readings.online import baskets_to_settle

_MOST = 50  # structural: of one look; the next one follows at once
_ALL = Scope.operator()
_log = logging.getLogger(__name__)


def settle_recharges(at: datetime) -> None:
    """One that is refused does not keep the others waiting: its money is on the manager's page until it is booked."""
    for basket in baskets_to_settle(limit=_MOST, scope=_ALL):
        try:
            settle_online(basket_id=basket, at=at)
        except Refusal as refused:
            _log.error("online basket %s: %s", basket, refused.code)


def end_online_days(at: datetime) -> None:
    """Hall by hall."""
    for hall in organisation.halls(scope=_ALL):
        end_online_day(hall=hall.id, at=at)
