"""Every sentence that the window shows, and how it writes numbers and times."""
