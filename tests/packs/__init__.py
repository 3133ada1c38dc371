"""Packs and their reader."""
