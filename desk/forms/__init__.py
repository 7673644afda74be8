"""Official papers, one file each."""
