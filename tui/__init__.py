"""Floor 4: the application. Entry point, commands, app class, key map, the border to the terminal."""
