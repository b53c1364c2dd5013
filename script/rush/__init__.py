"""The last evening, on a database of its own: the rush, a web worker killed, PostgreSQL killed."""
