"""Receipt printers on the network: ESC/POS over TCP, 80 mm paper, GB18030 (RCP-06).

`codec` turns a receipt into bytes, `client` sends them and listens, `plug` is what the port asks for; `simulator` is a printer
that can be slow, out of paper or dead, for tests and for the demo.
"""
