"""Sessions in the database, as Django keeps them; what cannot be a key is not looked for."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie may hold anything, a NUL too, which PostgreSQL would refuse with an error."""
        return bool(key and len(key) >= 8 and key.isascii() and key.isalnum())
