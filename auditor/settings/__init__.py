"""The user's configuration, and facts about exchanges."""
