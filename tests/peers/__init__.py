"""Our figures beside those of other libraries: `make peers`, outside `make test`."""
