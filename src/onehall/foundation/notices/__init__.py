"""Notices to customers: what is to be said waits in a table, leaves once through a gateway, and is never said late.

A notice has a key that is there once: whoever queues it again changes nothing. The telephone and the words are encrypted and go
when the policy says.
"""
