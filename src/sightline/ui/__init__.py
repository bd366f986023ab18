"""The design system: base page, components, pictures. No business words."""
