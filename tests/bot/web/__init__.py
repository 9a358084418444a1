"""Tests of the web chat and of what every page shares."""
