"""The synthetic territory: it closes on the published figures, and follows the rules."""
