"""OneHall 一厅通: the operating system of a service hall. Start at docs/ and src/onehall/journeys/."""
