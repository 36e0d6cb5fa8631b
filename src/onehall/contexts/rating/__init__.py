"""Rating: what a call costs.

Owns the decisions of charging: which class a dialled number has, started minutes, price, included credit first, the running
balance. Promises whole numbers in units of 1/10000 yuan from the file to the result, the same on every engine. Refuses to guess:
what cannot be rated is listed with its reason. Keeps no table: files in, files out.
"""
