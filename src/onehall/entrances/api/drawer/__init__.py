"""The drawer: float, cash in and out, where it stands."""
