"""`make chaos`: a hall at work while its processes and its database are killed at random; afterwards nothing is lost,
doubled or out of number (LED-03). `python -m chaos --seed N --minutes M`; the same seed, the same dice."""
