"""Books of papers: stock, draws, holders, stubs (RCP-02)."""
