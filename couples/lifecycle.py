"""What other apps do when a couple begins or ends. `couples` imports none of them: they register.

Each function runs inside the transaction of the event, in the order of registration.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from couples.models import Couple, Member

# (seat of the solo couple, new seat): move what the person prepared alone.
on_pairing: "list[Callable[[Member, Member], None]]" = []
# The couple has just ended: nothing of it may go out any more.
on_closing: "list[Callable[[Couple], None]]" = []
# The words of this seat go for good.
on_shredding: "list[Callable[[Member], None]]" = []
