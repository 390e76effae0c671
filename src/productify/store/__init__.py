"""The local database: its tables, one door to it, and every question that is asked of it."""
