"""Every page in a real browser: walked, judged by axe, and photographed."""
