"""Alipay, gateway with RSA2-signed forms (PAY-03).

`codec` signs and reads what goes over the line, `client` sends it and bounds the wait, `plug` is what acquiring's port asks for,
`settings` reads the merchant's folder; `simulator` is a gateway made of software that can be late, doubled, forgetful or false.
"""
