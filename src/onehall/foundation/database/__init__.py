"""Explicit transactions, references between rooms, and calls of SQL functions."""

from onehall.foundation.database.asking import Asked, Asking, Question, ahead, asks, function
from onehall.foundation.database.beside import BesideLost, beside
from onehall.foundation.database.bulk import array_of, as_they_come, copy_in, delete_rows, in_batches, new_ids
from onehall.foundation.database.lean_migrations import lean_states
from onehall.foundation.database.meanwhile import copied_meanwhile
from onehall.foundation.database.references import referrers
from onehall.foundation.database.refs import RoomRef
from onehall.foundation.database.roles import verifier
from onehall.foundation.database.sql import call, call_all, fetch_all, fetch_in_batches, fetch_one, within
from onehall.foundation.database.transactions import at_the_end, in_transaction, transaction
from onehall.foundation.database.triggers import append_only, append_only_unless, zero_sum

__all__ = [
    "Asked",
    "Asking",
    "BesideLost",
    "Question",
    "RoomRef",
    "ahead",
    "append_only",
    "append_only_unless",
    "array_of",
    "as_they_come",
    "asks",
    "at_the_end",
    "beside",
    "call",
    "call_all",
    "copied_meanwhile",
    "copy_in",
    "delete_rows",
    "fetch_all",
    "fetch_in_batches",
    "fetch_one",
    "function",
    "in_batches",
    "in_transaction",
    "lean_states",
    "new_ids",
    "referrers",
    "transaction",
    "verifier",
    "within",
    "zero_sum",
]
