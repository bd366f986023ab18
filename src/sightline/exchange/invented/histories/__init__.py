"""What happens to the invented people: each module adds the rows of one part of life to a block's diary."""
