"""The empty desk between two customers, the search box, and what every desk page shows around its middle."""
