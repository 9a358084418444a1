"""Tests of the files for analysts."""
