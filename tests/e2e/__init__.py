"""Every page opened in a real browser, against a real server and a real database."""
