"""What must not be lost, tried: failures, kills, power cuts, any history. Seeded, so that each can be seen again."""
