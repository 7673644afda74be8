"""Deeds: one function per thing somebody does."""
