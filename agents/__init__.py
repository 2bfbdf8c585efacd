"""The kinds of party in primary care: for each a record, its rules and its Mesa face."""
