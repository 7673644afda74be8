"""How fast the desk is, as ratios against a peer that is measured in the same run."""
