"""Typed ids: a basket's number is never taken for a payment's."""

from typing import NewType

RegionId = NewType("RegionId", int)
HallId = NewType("HallId", int)
CounterId = NewType("CounterId", int)
UserId = NewType("UserId", int)
PersonId = NewType("PersonId", int)
SessionId = NewType("SessionId", int)
PartyId = NewType("PartyId", int)
PremisesId = NewType("PremisesId", int)
BasketId = NewType("BasketId", int)
ItemId = NewType("ItemId", int)
OrderId = NewType("OrderId", int)
SubscriptionId = NewType("SubscriptionId", int)
TermId = NewType("TermId", int)
PaymentId = NewType("PaymentId", int)
ReceiptId = NewType("ReceiptId", int)
DrawerId = NewType("DrawerId", int)
WorkOrderId = NewType("WorkOrderId", int)
VisitId = NewType("VisitId", int)
BookId = NewType("BookId", int)
DocumentId = NewType("DocumentId", int)
