"""Measures collected from the slices. Comes with a later issue."""
