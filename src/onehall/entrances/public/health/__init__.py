"""What machines ask: is it alive, can it serve, how does it do (API-05)."""
