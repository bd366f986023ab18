"""A paper of ours as a PDF that is tagged (PDF/UA-1), made here by the server: what it says (`written`), and how it is set (`setting`)."""
