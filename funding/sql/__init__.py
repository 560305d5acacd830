"""Set-based statements of the yearly jobs, one file each, with named parameters."""
