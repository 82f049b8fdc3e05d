"""Texts that are written to a buyer: templates, what fills them, which one fits, and what keeps it from being sent."""
