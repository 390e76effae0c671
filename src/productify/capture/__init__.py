"""Pictures of the screen: the gate before them, taking, comparing, hiding, keeping and finding them again."""
