"""Contacts, trust, and how practices renew."""
