from django.urls import path

from couples.views import mailbox

urlpatterns = [
    path("", mailbox.mailbox, name="mailbox"),
    path("<slug:name>/", mailbox.mailbox_message, name="mailbox_message"),
    path("<slug:name>/html/", mailbox.mailbox_html, name="mailbox_html"),
]
