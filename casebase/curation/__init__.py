"""Records in and out: reading, checking, masking."""
