"""The user's configuration and the facts about exchanges."""
