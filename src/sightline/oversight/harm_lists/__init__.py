"""Two weekly lists over everybody on record: the children most often reported, and the adults who have harmed most children."""
