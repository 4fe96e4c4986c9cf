"""Course advisor: answers questions about courses from the provider's own pages, and takes leads."""
