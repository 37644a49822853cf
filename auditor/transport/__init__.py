"""Requests to exchanges: the allow-list, rate limits, retries and pagination."""
