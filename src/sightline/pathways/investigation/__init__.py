"""Investigation: allocation, interviews, evidence, suspects, devices, charging."""
