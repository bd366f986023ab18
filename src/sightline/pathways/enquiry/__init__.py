"""Strategy discussion, section 47 enquiry (Children Act 1989) and assessment."""
