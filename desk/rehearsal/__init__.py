"""The demo: a desk and a province that are thrown away, and a morning that is done on them."""
