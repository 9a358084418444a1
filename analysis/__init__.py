"""Figures from answers and from published files: frames and text in, frames and text out."""
