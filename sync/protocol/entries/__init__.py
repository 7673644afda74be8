"""Entry kinds of the journal, one file each."""
