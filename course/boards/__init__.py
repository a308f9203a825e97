"""The live boards of the course."""
