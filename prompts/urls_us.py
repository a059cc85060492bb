"""Pages under "Us" that draw their words from the library."""

from django.urls import path

from prompts.views import agreement, coaching, edges

urlpatterns = [
    path("edges/", edges.edges, name="comfort_card"),
    path("edges/saved/", edges.edges, name="comfort_card_saved"),
    path("notices/", coaching.notices, name="notices"),
    path("agreement/", agreement.own_lines, name="agreement"),
    path("agreement/yes/", agreement.say_yes, name="agreement_yes"),
    path("agreement/withdraw/", agreement.withdraw, name="agreement_withdraw"),
]
