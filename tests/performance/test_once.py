"""What `once` keeps, it keeps for the same keys within one page."""

from django.template import engines

SAYS = (
    "{% load pieces %}{% for who, words in said %}"
    "{% once who %}<b>{{ who }}</b> first said {{ words }}.{% endonce %} {% endfor %}"
)


def test_each_key_is_rendered_where_it_comes_first_and_escaped():
    page = engines["django"].from_string(SAYS)
    said = [("Ana & Ben", "one"), ("Cleo", "two"), ("Ana & Ben", "three")]
    ana, cleo = "<b>Ana &amp; Ben</b> first said one.", "<b>Cleo</b> first said two."
    assert page.render({"said": said}) == f"{ana} {cleo} {ana} "


def test_nothing_is_kept_for_the_next_page():
    page = engines["django"].from_string(SAYS)
    page.render({"said": [("Ana", "hers alone")]})
    assert page.render({"said": [("Ana", "new")]}) == "<b>Ana</b> first said new. "


def test_a_list_in_words():
    row = engines["django"].from_string('{% load pieces %}{{ words|listed:"&" }}')
    said = [row.render({"words": words}) for words in (["a"], ["a", "b"], ["<a>", "b", "c"])]
    assert said == ["a", "a &amp; b", "&lt;a&gt;, b &amp; c"]
