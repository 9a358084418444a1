"""Pages anybody may see: the start page, privacy, accessibility."""
