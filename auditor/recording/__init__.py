"""Recordings: an audit's answers without what identifies the account, and audits that read them again."""
