"""Independent programs that must agree with ours: make peers."""
