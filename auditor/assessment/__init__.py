"""What a snapshot means for closing: verdict, overlap, prices, ways out, dust."""
