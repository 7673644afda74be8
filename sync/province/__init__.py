"""The reference province: for the demo, tests and staging; not in the desk's bundle."""
