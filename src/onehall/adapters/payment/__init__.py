"""WeChat Pay, API v3 (PAY-03).

`codec` signs and reads what goes over the line, `client` sends it and bounds the wait, `plug` is what acquiring's port asks for,
`settings` reads a provider's folder; `simulator` is a provider made of software that can be late, doubled, forgetful or false.
"""
