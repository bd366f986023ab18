"""Children in police detention (Police and Criminal Evidence Act 1984)."""
