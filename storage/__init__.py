"""Where answers are kept: the only room that speaks SQL."""
