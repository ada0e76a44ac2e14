"""Which columns of which resources each column of the project is made of."""
