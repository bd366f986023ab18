"""Work that opened a record and is over: when its tie to the child ends, who is told before, what is kept with a reason, and given again."""
