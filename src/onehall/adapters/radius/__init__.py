"""RADIUS: what access devices are told while somebody is on line (RFC 5176), and how each kind of device is told a speed.

`kinds.toml` names the attributes of each kind of access device, `codec` turns changes into packets, `client` sends them and
bounds the wait, `plug` is what provisioning's port asks for; `simulator` is an access device made of software.
"""
