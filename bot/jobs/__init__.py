"""What goes on beside the channels."""
