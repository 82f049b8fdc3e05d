"""The only room that changes a case. Each verb is one transaction: it checks, changes, and appends to the log."""
