"""The rules of a reception desk; standard library only."""
