"""What goes along when two people pair, and what is destroyed when a seat is shredded."""

from couples import vault
from couples.models import Member
from couples.tenancy import Written
from prompts.models import (
    CoachChoice,
    Disclosure,
    Draft,
    Exchange,
    Landing,
    MenuMemory,
    Reply,
)


def carry(alone: Member, seated: Member) -> None:
    """Seal what one person prepared alone into the new couple, under their new key."""
    models: tuple[type[Draft | MenuMemory | CoachChoice], ...] = (Draft, MenuMemory, CoachChoice)
    for model in models:
        for row in model.objects.of(alone):
            words = vault.words(alone, row)
            row.pk = None
            row.id = model._meta.pk.get_default()
            row.couple_id, row.author_id = seated.couple_id, seated.id
            vault.seal(seated, row, words)
            row._state.adding = True
            row.save(force_insert=True)


def forget(seat: Member) -> None:
    """Empty what the seat wrote. Rows that the other's words hang on stay, without a word."""
    shared: tuple[type[Written], ...] = (Exchange, Disclosure, Reply, Landing)
    for model in shared:
        model.objects.across_couples().filter(author_id=seat.pk).update(sealed=b"")
    private: tuple[type[Written], ...] = (Draft, MenuMemory, CoachChoice)
    for model in private:
        model.objects.across_couples().filter(author_id=seat.pk).delete()
