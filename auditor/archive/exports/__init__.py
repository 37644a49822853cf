"""What an archive holds, in the forms that tax tools and bookkeeping programs read: one format a file."""
