"""What is another one than in an earlier commit of git."""
