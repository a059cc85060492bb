"""What lists are made of, instead of model instances."""


class Row:
    """A template asks for an item before it asks for an attribute; in a long list the exception
    that it would meet each time is dear."""

    __slots__ = ()
    __getitem__ = object.__getattribute__
