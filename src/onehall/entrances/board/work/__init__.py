"""Work orders: the list, the whole case, and the dispatch register of a day."""
