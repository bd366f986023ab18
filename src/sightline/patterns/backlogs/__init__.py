"""Units to which more comes than they clear: forms to sign off, incidents to grade, first grades to look at again. Of the queue, naming no child."""
