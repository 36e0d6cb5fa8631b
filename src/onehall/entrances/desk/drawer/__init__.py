"""The drawer: opening it with its float, cash in and out."""
