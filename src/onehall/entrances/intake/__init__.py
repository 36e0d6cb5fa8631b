"""Machines that push: what they say is believed when it is signed, and taken whole or not at all."""
