"""The screen: lays out and reacts; holds no rule and no SQL."""
