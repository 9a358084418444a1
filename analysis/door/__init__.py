"""The functions that `analysis` offers to analysts: files in, frames out."""
