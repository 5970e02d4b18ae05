"""Files as people have them, packed and in any encoding, and the text that is in them."""
