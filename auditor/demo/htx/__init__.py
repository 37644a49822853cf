"""HTX's protocol for the demo exchange, from www.htx.com/en-us/opend/newApiPages: what an archive asks."""
