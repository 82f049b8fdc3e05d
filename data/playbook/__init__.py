"""The call script as a graph: read from TOML, proved decent and finite, and run without a screen."""
