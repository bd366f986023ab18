"""Second looks at grades set at the scene: what waits for one at any hour of any day, and how often the two agree."""
