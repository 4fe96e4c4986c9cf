"""The staff side: commands and buttons of members, in their private chats only. Their role is looked up each time."""
