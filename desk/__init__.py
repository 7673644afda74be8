"""Everything at the counter of a commune office."""
