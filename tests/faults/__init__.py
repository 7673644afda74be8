"""What must not be lost, tried: every statement and call failing once, kills, power cuts. Seeded, so that each can be seen again."""
