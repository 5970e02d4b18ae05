"""How fast the answers are, beside every engine that a Python project could pick."""
