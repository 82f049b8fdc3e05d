"""Texts that are written to a buyer: templates, what fills them, which one fits, what forbids sending, and how it leaves."""
