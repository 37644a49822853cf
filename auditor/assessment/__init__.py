"""Assessment of a snapshot for closing: verdict, overlap, prices, exit routes, dust."""
