"""The tax side through an HTTP gateway: electronic invoices (数电票) get their numbers there (RCP-05).

`codec` turns an invoice into a signed request and an answer into a word, `client` sends it and bounds the wait, `plug` is what
invoicing's port asks for; `ofd` writes and reads the layout file; `simulator` is a tax side that can be late, busy, refusing.
"""
