"""The simpler ways, each as its library's own documentation would have it written."""
