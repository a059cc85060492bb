from django.urls import path, re_path

from rituals.views import circle, ending, mail, mine, plan

urlpatterns = [
    path("rituals/", plan.rituals, name="rituals"),
    path("rituals/circle/plan/", plan.plan, name="ritual_plan"),
    path("rituals/circle/agree/", plan.agree, name="ritual_agree"),
    path("rituals/circle/withdraw/", plan.withdraw, name="ritual_withdraw"),
    path("rituals/circle/mine/", mine.mine, name="ritual_mine"),
    path("rituals/circle/mine/address/", mine.address, name="ritual_address"),
    path("rituals/circle/mine/do/", mine.part_do, name="ritual_part"),
    path("rituals/circle/", circle.circle, name="circle"),
    path("rituals/circle/begin/", circle.begin, name="circle_begin"),
    path("rituals/circle/go/", circle.go, name="circle_go"),
    path("rituals/circle/<uuid:pk>/", ending.end, name="circle_end"),
    path("rituals/circle/<uuid:pk>/keep/", ending.keep, name="circle_keep"),
    path("r/<str:token>/address/", mail.address, name="mail_address"),
    re_path(r"^r/(?P<token>[^/]+)/(?P<name>skip|snooze|fewer)/$", mail.choice, name="mail_choice"),
    path("r/<str:token>/", mail.choice, name="mail_stop"),
]
