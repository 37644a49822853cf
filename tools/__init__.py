"""Programs for those who develop this one."""
