"""What the suite `dashboard` looks at in a real Chromium; a module for each kind of check."""
