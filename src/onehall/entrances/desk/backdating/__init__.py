"""补录 at the desk: a basket that is typed from a paper form."""
