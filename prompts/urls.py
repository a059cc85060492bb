from django.urls import path

from prompts.views import exchange, kept, openings, reply, today, writing

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
    path("kept/", kept.kept, name="kept"),
    path("kept/<uuid:pk>/keep/", kept.keep_words, name="keep_words"),
    path("kept/<uuid:pk>/destroy/", kept.shred_words, name="shred_words"),
]

# today and writing
TODAY = [
    path("today/", today.today, name="today"),
    path("today/another/", today.another, name="another"),
    path("today/not-today/", today.not_today, name="not_today"),
    path("today/hush/", today.hush, name="hush"),
    path("openings/", openings.begin, name="openings"),
    path("openings/read/<uuid:pk>/", today.arrive, name="arrive"),
    path("openings/join/<uuid:pk>/", openings.join_together, name="join_together"),
    path("openings/<slug:key>/", openings.opening, name="opening"),
    path("write/<uuid:pk>/", writing.write, name="write"),
    path("write/<uuid:pk>/save/", writing.save, name="save"),
    path("write/<uuid:pk>/review/", writing.review, name="review"),
    path("write/<uuid:pk>/under/", writing.under, name="under"),
    path("write/<uuid:pk>/send/", writing.send, name="send"),
    path("write/<uuid:pk>/discard/", writing.discard, name="discard"),
    path("between-us/<uuid:exchange>/edit/<uuid:pk>/", writing.rewrite, name="rewrite"),
]

urlpatterns = [*BETWEEN_US, *TODAY]
