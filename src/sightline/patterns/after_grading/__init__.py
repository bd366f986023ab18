"""What must follow a grade: the day it is looked at again, who does what where it is high, doing nothing with a reason, and whom nobody asked."""
