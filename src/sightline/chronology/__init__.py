"""One chronology: everything that happens is a typed, dated, sourced event that is never changed, only superseded."""
