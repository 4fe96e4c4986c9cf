"""The words of the domain as frozen types. No behaviour beyond what a type needs to be itself."""
