"""The hall's books: the day report, three-way match, journals, and the close of a month (CSH-02, CSH-05, LED-02)."""
