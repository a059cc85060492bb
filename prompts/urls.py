from django.urls import URLPattern, path

from prompts.views import exchange, reply

BETWEEN_US = [
    path("between-us/", exchange.feed, name="feed"),
    path("between-us/<uuid:pk>/", exchange.exchange, name="exchange"),
    path("between-us/<uuid:pk>/later/", exchange.aside, name="aside"),
    path("disclosures/<uuid:pk>/open/", exchange.open_disclosure, name="open"),
    path("disclosures/<uuid:pk>/take-back/", exchange.take_back, name="take_back"),
    path("disclosures/<uuid:pk>/enough/", exchange.enough, name="enough"),
    path("disclosures/<uuid:pk>/ideas-welcome/", exchange.welcome_ideas, name="welcome_ideas"),
    path("disclosures/<uuid:pk>/reply/", reply.reply, name="reply"),
    path("disclosures/<uuid:pk>/reply/keep/", reply.keep_reply, name="keep_reply"),
    path("disclosures/<uuid:pk>/reply/notice/", reply.notice, name="notice"),
    path("disclosures/<uuid:pk>/hold/", reply.hold, name="hold"),
    path("disclosures/<uuid:pk>/ideas/", reply.ideas, name="ideas"),
    path("replies/<uuid:pk>/landing/", exchange.land, name="land"),
    path("replies/<uuid:pk>/change/", reply.rewrite_reply, name="rewrite_reply"),
    path("replies/<uuid:pk>/take-back/", reply.take_back_reply, name="take_back_reply"),
]

# today and writing
TODAY: list[URLPattern] = []

urlpatterns = [*BETWEEN_US, *TODAY]
