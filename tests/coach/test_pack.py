"""Every rule's own examples hold, every word on screen exists, bad packs are refused."""

from pathlib import Path

import pytest

from prompts.coach import NUDGES, kind_names, read, wording
from prompts.coach.engine import read_with
from prompts.coach.pack import PackError, load, pack

RULES = pack("en").rules


def findings(rule, example):
    text, _, context = example.partition("||")
    profile = "reply" if "reply" in rule.profiles else sorted(rule.profiles)[0]
    return read(text.strip(), context.strip(), profile=profile).findings


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_its_examples_and_spares_the_others(rule):
    for example in rule.match:
        assert rule.id in {f.rule for f in findings(rule, example)}, example
    for example in rule.no_match:
        assert rule.id not in {f.rule for f in findings(rule, example)}, example


def test_every_notice_has_its_three_sentences():
    for rule in RULES:
        if not {*NUDGES, "correcting"}.intersection(rule.categories):
            continue
        example = rule.match[0].partition("||")
        found = next(f for f in findings(rule, rule.match[0]) if f.rule == rule.id)
        words = wording(found, example[0].strip())
        assert words is not None, rule.id
        for sentence in (words.saw, words.why, words.instead):
            assert "!" not in sentence.replace(found.quote(example[0].strip()), "")


def test_every_kind_that_can_be_switched_off_has_a_name():
    assert set(kind_names()) == {*NUDGES, "correcting"}


GOOD = """
[[rule]]
id = "sample"
category = "blame"
tier = "strong"
pattern = "you {gap} never"
message = "sample"
match = ["You never.", "you never", "You really never."]
no_match = ["I never.", "Never you.", "We never."]
"""


def write(folder: Path, text: str) -> Path:
    folder.joinpath("sample.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_sound_pack_loads(tmp_path):
    assert len(load(write(tmp_path, GOOD.format(gap="_{0,3}"))).rules) == 1


@pytest.mark.parametrize(
    "gap", ["_*", "_+", "_{0,}", "_{,3}", "(a b)+", "(_{0,3}){2,9}", "_{0,900}"]
)
def test_a_pattern_that_could_run_away_is_refused_by_name(tmp_path, gap):
    with pytest.raises(PackError, match=r"sample\.toml: rule sample: \S+"):
        load(write(tmp_path, GOOD.format(gap=gap)))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('category = "blame"', 'category = "rudeness"', "category"),
        ('tier = "strong"', 'tier = "loud"', "tier"),
        ('message = "sample"', "", "missing message"),
        ('id = "sample"', 'id = "sample"\ncolour = "red"', "unknown field colour"),
        ('"You never.", "you never", ', "", "three match"),
        ("_{0,3}", "<nobody>", "no word class"),
        ("_{0,3}", "@nothing", "no macro"),
        ("_{0,3}", "(a", "never closed"),
        ('id = "sample"', 'id = "sample"\nscope = "page"', "unknown scope"),
        ('id = "sample"', 'id = "sample"\nwhen = ["!dreamt"]', "unknown feature"),
        ('id = "sample"', 'id = "sample"\nprofiles = ["letter"]', "letter is no profile"),
        (
            'category = "blame"',
            'category = "minimizing"\nprofiles = ["disclosure"]',
            "disclosure is no profile",
        ),
    ],
)
def test_a_broken_rule_names_file_rule_and_reason(tmp_path, old, new, reason):
    text = GOOD.format(gap="_{0,3}").replace(old, new)
    with pytest.raises(PackError, match=rf"sample\.toml: rule sample: .*{reason}"):
        load(write(tmp_path, text))


def test_every_pattern_of_the_pack_compiles():
    english = pack("en")
    for rule in english.rules:
        for pattern in (*(one.pattern for one in rule.patterns), *rule.guards.values()):
            assert pattern is None or pattern.compiled


def test_what_looks_behind_without_end_is_refused_at_load(tmp_path):
    with pytest.raises(PackError, match=r"sample\.toml: rule sample: "):
        load(write(tmp_path, GOOD.format(gap="(?<= a|b c) _{0,3}")))


def test_a_broken_pack_stops_the_start(tmp_path, monkeypatch):
    from config import wsgi
    from prompts.coach import pack as packs

    (tmp_path / "en").mkdir()
    write(tmp_path / "en", "[[rule]\n")
    monkeypatch.setattr(packs, "PACKS", tmp_path)
    monkeypatch.setattr(wsgi, "pack", packs.pack.__wrapped__)
    with pytest.raises(PackError, match=r"sample\.toml"):
        wsgi.load_packs()


def test_broken_toml_names_its_file(tmp_path):
    with pytest.raises(PackError, match=r"sample\.toml"):
        load(write(tmp_path, "[[rule]\n"))


WEIGHTS = "# made by hand\nunit 1\ncells 0\nblame -1 0 1\n\n. never\tA\n"
LOOK = '[traits]\ndenial = "not"\nclasses = ""\nkept = "you"\n[traits.persons]\nY = "you"\n'


def with_weights(folder: Path, weights: str, look: str = LOOK) -> Path:
    folder.joinpath("traits.toml").write_text(look, encoding="utf-8")
    folder.joinpath("weights.tsv").write_text(weights, encoding="utf-8")
    return write(folder, GOOD.format(gap="_{0,3}"))


def test_weights_load_and_a_pack_without_them_works_by_rules_alone(tmp_path):
    loaded = load(with_weights(tmp_path, WEIGHTS))
    assert loaded.weights is not None
    assert len(loaded.weights.table) == 1
    assert read_with(loaded, "You never.").labels == ()
    assert read_with(load(tmp_path, weighed=False), "You never.").labels == ("blame",)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("# made by hand\n", "", "line 1: no head"),
        ("\n\n", "\n", "line 1: no head"),
        ("unit 1\n", "", "line 4: no unit or no cells"),
        ("cells 0\n", "", "line 3: 3 numbers instead of 2"),
        ("unit 1", "unit 1 2", "line 2: 2 numbers instead of 1"),
        ("blame ", "rudeness ", "line 4: unknown or repeated 'rudeness'"),
        ("blame -1 0 1\n", "blame -1 0 1\nblame -1 0 1\n", "line 5: unknown or repeated"),
        ("-1 ", "", "line 4: 2 numbers instead of 3"),
        ("-1 ", "nan ", "line 4: these numbers are not sound"),
        ("-1 ", "low ", "line 4: "),
        ("\tA", "\tAA", "line 6: 'AA'"),
        ("\tA", "\tz", "line 6: 'z'"),
        ("\tA", "", "line 6: ''"),
    ],
)
def test_a_broken_file_of_weights_names_file_line_and_reason(tmp_path, old, new, reason):
    with pytest.raises(PackError, match=rf"weights\.tsv: {reason}"):
        load(with_weights(tmp_path, WEIGHTS.replace(old, new)))


def test_weights_that_are_no_text_are_refused(tmp_path):
    with_weights(tmp_path, WEIGHTS).joinpath("weights.tsv").write_bytes(b"# \xff\xfe\n\n")
    with pytest.raises(PackError, match=r"weights\.tsv: "):
        load(tmp_path)


def test_weights_of_a_pack_without_traits_are_refused(tmp_path):
    with pytest.raises(PackError, match=r"weights\.tsv: the pack has no \[traits\]"):
        load(with_weights(tmp_path, WEIGHTS, look=""))


def test_traits_that_lack_something_are_refused(tmp_path):
    with pytest.raises(PackError, match=r"traits: 'denial'"):
        load(with_weights(tmp_path, WEIGHTS, look=LOOK.replace('denial = "not"\n', "")))
