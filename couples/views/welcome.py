"""After sign-up: three small screens, each of which can be skipped."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from couples import cards
from couples.comfort import Edges
from couples.forms import DepthForm, WhereForm
from couples.middleware import PrivateRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def welcome(request: PrivateRequest) -> HttpResponse:
    user = request.user
    form = WhereForm(request.POST or None, initial={"name": user.name, "timezone": user.timezone})
    if form.is_valid():
        user.name, user.timezone = form.cleaned_data["name"], form.cleaned_data["timezone"]
        user.save(update_fields=["name", "timezone"])
        return redirect("welcome_depth")
    return _step(request, "couples/welcome.html", form)


@get_or_post
def welcome_depth(request: PrivateRequest) -> HttpResponse:
    edges = cards.card(request.member).wished()
    form = DepthForm(request.POST or None, initial={"depth": edges.depth})
    if form.is_valid():
        wish = Edges(form.cleaned_data["depth"], edges.topics)
        cards.change(member=request.member, wish=wish)
        return redirect("welcome_two")
    return _step(request, "couples/welcome_depth.html", form)


@require_safe
def welcome_two(request: PrivateRequest) -> HttpResponse:
    if request.member.partner:
        return redirect("today")
    return render(request, "couples/welcome_two.html")


def _step(request: PrivateRequest, template: str, form: WhereForm | DepthForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form}, status=status)
