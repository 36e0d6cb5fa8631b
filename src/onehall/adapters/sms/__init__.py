"""Short messages through an HTTP gateway (BIL-06).

`codec` turns a message into a signed request and an answer into a word, `client` sends it and bounds the wait, `plug` is what the
notices' port asks for; `simulator` is a gateway that can be late, forgetful, busy or refusing.
"""
