"""The territory in a box: what two documents publish, geography, invented people."""
