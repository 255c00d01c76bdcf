"""What the program does, from end to end. Workflows yield events or values and print nothing."""
