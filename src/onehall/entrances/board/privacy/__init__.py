"""Personal data on the board: requests for deletion, legal holds, and how long each kind of record is kept (REC-02, LAW-30)."""
