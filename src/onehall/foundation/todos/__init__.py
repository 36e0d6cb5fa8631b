"""待办 What waits for a person, in the order in which it is to be done (ORD-16). Nothing is stored: what waits is read where it waits."""

from onehall.foundation.todos.ordering import Todo, WaitsFor, in_order

__all__ = ["Todo", "WaitsFor", "in_order"]
