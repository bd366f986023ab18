"""Who this is: records, relationships, addresses, standing facts, and decisions that records are one person or not."""
