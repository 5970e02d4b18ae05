"""How good the answers are, on every collection there is."""
