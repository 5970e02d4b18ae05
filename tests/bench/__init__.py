"""Measurements: run by hand, never by the ordinary test run."""
