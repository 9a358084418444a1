"""The demonstration: invented families answer a real round through the real service."""
