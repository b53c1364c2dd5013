"""The public pages of the calls for projects."""
