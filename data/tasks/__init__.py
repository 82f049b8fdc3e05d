"""Tasks that a cause or a remedy brings: what they are, when they are due, what the buyer hears of them."""
