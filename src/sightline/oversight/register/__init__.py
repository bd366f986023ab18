"""Every rule and model that weighs something about people: version, owner, test results, how often it is overruled, when it retires, whom it hits."""
