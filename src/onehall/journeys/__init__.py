"""The procedure book: one file is one procedure is one transaction. `ls` reads like the hall's manual."""
