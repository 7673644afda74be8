"""Everything between a desk and the province; knows nothing of the desk's own code."""
