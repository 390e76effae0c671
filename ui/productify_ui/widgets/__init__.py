"""Small widgets that paint themselves in the theme's values; each says in words what it shows."""
