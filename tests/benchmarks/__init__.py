"""Measurements beside targets and peers: `make bench` and `make soak`. No part of the tests."""
