"""What a good project looks like: rules, and the machine that runs them."""
