"""Where ranking runs."""
