"""The invented round of the documents, and the notebook over it: `python -m tests.example`."""
