"""Card terminals behind the acquirer's gateway: signed JSON over HTTP (PAY-03).

`codec` signs and reads what goes over the line, `client` sends it and bounds the wait, `plug` is what acquiring's port asks for,
`settings` reads the merchant's folder, `bill` the acquirer's statement of a day; `simulator` is a gateway made of software.
"""
