"""What a desk and its province say to each other, in bytes that never change without a version."""
