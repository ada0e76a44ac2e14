"""What the data of a table say of its columns, and the tests that follow."""
