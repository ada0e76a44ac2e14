"""The unit test of a new model: made-up rows, and what the model makes of them."""
