"""Floor 3: one file per screen. A screen lays out widgets, binds keys and asks the data floor in workers."""
