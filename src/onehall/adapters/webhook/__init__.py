"""Webhooks over HTTP as Standard Webhooks describes them (API-01).

`codec` turns a letter into bytes and headers, `client` sends them and bounds what a receiver can do to us, `plug` is what the
port asks for.
"""
