"""The library as the pages see it: full shelves, words for every situation, and refusal."""

import shutil
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from django.apps import apps

from prompts.library import Library, LibraryError, library, load
from prompts.library.loading import HERE

WISHES = ("hear", "reassure", "ask", "think", "celebrate")
SITUATIONS = ("good_news", "old_pain", "hard_day")


@pytest.fixture(scope="module")
def words() -> Library:
    return library("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "en", tmp_path / "en"))


@pytest.mark.practice("A45")
def test_every_topic_has_several_prompts_at_every_depth(words: Library) -> None:
    held = Counter((prompt.topic, prompt.depth) for prompt in words.prompts)
    assert len(words.prompts) >= 320
    assert {t.key for t in words.topics if not t.closable} == {"everyday"}
    assert {t.key for t in words.topics if t.opt_in} == {"intimacy"}
    for topic in words.topics:
        assert all(held[topic.key, depth] >= 3 for depth in (1, 2, 3, 4)), topic.key


@pytest.mark.practice("A45", "A10", "B1", "A60")
def test_every_kind_is_there_at_three_depths_or_more(words: Library) -> None:
    depths = {k.key: {p.depth for p in words.prompts if p.kind == k.key} for k in words.kinds}
    assert len(depths) == 12
    assert not [kind for kind, found in depths.items() if len(found) < 3]


@pytest.mark.practice("A73")
def test_a_settling_line_goes_with_tender_prompts_and_no_others(words: Library) -> None:
    for prompt in words.prompts:
        assert bool(prompt.settling) == (prompt.depth >= 3), prompt.key
        assert " " in prompt.settling or not prompt.settling  # the line itself, not its key


@pytest.mark.practice("A38", "B17")
def test_feelings_needs_and_the_body_have_words(words: Library) -> None:
    assert 70 <= len(words.feeling) <= 76
    assert 8 <= len(words.feelings) <= 9
    assert all(len(group.feelings) >= 6 for group in words.feelings)
    assert sum(len(group.feelings) for group in words.feelings) == len(words.feeling)
    assert len(words.need) >= 36
    assert len(words.needs) == 7
    assert {"throat", "eyes", "neck", "all_over", "nowhere"} <= {
        region.key for region in words.body.regions
    }
    assert len(words.body.sensations) >= 5


@pytest.mark.practice("A41")
def test_a_thought_about_the_other_is_offered_feelings_and_not_refused(words: Library) -> None:
    offered = {pseudo.word: pseudo.under for pseudo in words.pseudo_feelings}
    assert {"ignored", "rejected"} <= set(offered)
    assert all(2 <= len(under) <= 3 for under in offered.values())
    assert not set(offered) & {feeling.word for feeling in words.feeling.values()}


def test_another_spelling_is_known_and_means_nothing_else(words: Library) -> None:
    said = [one for pseudo in words.pseudo_feelings for one in pseudo.spellings]
    assert {"criticised", "criticized"} <= set(said)
    assert len(said) == len(set(said))
    assert not set(said) & {feeling.word for feeling in words.feeling.values()}


def test_a_word_that_may_speak_of_fear_asks_for_care(words: Library) -> None:
    care = {pseudo.key for pseudo in words.pseudo_feelings if pseudo.care}
    assert {"threatened", "controlled", "manipulated", "trapped", "intimidated"} <= care
    assert not {"ignored", "misunderstood", "let_down", "criticised"} & care


@pytest.mark.practice("A54", "A21", "B10")
@pytest.mark.parametrize("wish", WISHES)
def test_each_part_has_stems_of_its_own_for_each_wish(words: Library, wish: str) -> None:
    for part in ("heard", "sense", "thanks", "all_right", "question"):
        stems = words.reply.stems_for(part, wish)
        mine = [s.text for s in words.reply.stems if s.part == part and wish in s.wishes]
        assert mine
        assert stems[: len(mine)] == tuple(mine), "the wish's own stems come first"


@pytest.mark.practice("A47", "A9")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_special_situation_brings_its_stems_to_the_front(words: Library, situation: str) -> None:
    for part in ("heard", "sense", "thanks", "all_right", "question"):
        plain = words.reply.stems_for(part, "hear")
        special = words.reply.stems_for(part, "hear", situation)
        assert special[0] not in plain
        others = {
            s.text for s in words.reply.stems if s.situations and situation not in s.situations
        }
        assert not others & set(special)


@pytest.mark.practice("A47")
def test_an_old_pain_is_not_asked_for_facts(words: Library) -> None:
    asked = words.reply.stems_for("question", "ask", "old_pain")
    assert asked
    assert not set(asked) & set(words.reply.stems_for("question", "ask"))


@pytest.mark.practice("A24", "A21", "B9")
def test_three_parts_are_required_in_their_order_and_ideas_are_locked(words: Library) -> None:
    parts = words.reply.parts
    assert [part.key for part in parts if part.required] == ["heard", "thanks", "all_right"]
    assert [part.key for part in parts if part.locked] == ["ideas"]
    heard = next(part for part in parts if part.key == "heard")
    assert "feeling" in heard.hint
    assert "one small thing they told you" in heard.hint


@pytest.mark.practice("A48")
def test_nobody_is_made_to_say_what_is_not_true_yet(words: Library) -> None:
    choices = {choice.key: choice.text for choice in words.reply.all_right}
    assert "time" in choices["need_time"]
    assert {holding.sort for holding in words.reply.holding} == {"later", "here", "in_person"}
    for holding in words.reply.holding:
        assert holding.text.endswith("…") == (holding.sort == "later")


@pytest.mark.practice("A64", "A65")
def test_repair_has_six_families_of_six_sentences(words: Library) -> None:
    assert [len(family.sentences) for family in words.repair] == [6] * 6


@pytest.mark.practice("B15", "A58", "A59")
def test_there_is_something_to_do_for_every_purse_and_place(
    words: Library,
) -> None:
    assert len(words.activities) == 60
    assert len({(a.effort, a.place) for a in words.activities}) >= 7
    assert sum(activity.money == "free" for activity in words.activities) >= 20
    assert len(words.gestures) == 40
    assert Counter(g.moment for g in words.gestures)["tense_day"] >= 3
    assert sum(gesture.apart for gesture in words.gestures) >= 8
    assert sum(activity.place == "apart" for activity in words.activities) >= 10
    apart = Counter(gesture.moment for gesture in words.gestures if gesture.apart)
    assert min(apart[moment] for moment in ("tired", "tense_day", "good_news", "grief")) >= 2


@pytest.mark.practice("A56", "A32", "A34")
def test_the_circle_has_words_for_each_of_its_steps(words: Library) -> None:
    steps = [step.key for step in words.circle.steps]
    assert steps == [
        "ready", "warm_up", "tell", "reflect", "thats_it", "swap",
        "summary", "thanks", "small_step", "close",
    ]  # fmt: skip
    for step in steps:
        assert words.circle.lines_for(step) or step == "swap"
    assert next(step.minutes for step in words.circle.steps if step.key == "tell") == 5


def test_the_library_is_one_and_cannot_be_changed() -> None:
    words = library("en")
    assert library("en") is words
    with pytest.raises(FrozenInstanceError):
        words.prompts[0].text = "changed"  # type: ignore[misc]
    with pytest.raises(TypeError):
        words.by_key["new"] = words.prompts[0]  # type: ignore[index]


@pytest.mark.parametrize("language", ["en-GB", "en_gb", "xx", "", "../../etc", "e\0n", "EN"])
def test_an_unknown_language_gets_english(language: str) -> None:
    assert library(language).language == "en"
    assert library(language).prompts == library("en").prompts


def test_a_retired_key_is_none(words: Library) -> None:
    assert words.prompt("never_was") is None
    assert words.prompt(words.prompts[0].key) == words.prompts[0]


def line_of(path: Path, needle: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if needle in line)


BROKEN = [
    ("topics.toml", 'name = "Everyday"', 'name = "Everyday', None, ""),
    ("topics.toml", 'key = "money"', 'key = "work"', 0, "already used"),
    ("topics.toml", 'key = "money"', 'key = "Money"', 0, "small letters"),
    ("prompts/work.toml", "depth = 2", "depth = 5", 0, "it is 1, 2, 3 or 4"),
    ("prompts/work.toml", "depth = 2", 'depth = "2"', 0, "whole number"),
    ("prompts/work.toml", "depth = 2", "depth = true", 0, "whole number"),
    ("prompts/work.toml", "minutes = 2", "minutes = 0", 0, "between 1 and 30"),
    ("prompts/work.toml", 'kind = "look_back"', 'kind = "lookback"', 0, "not a known kind"),
    ("prompts/work.toml", 'topic = "work"', 'topic = "werk"', 0, "not a known topic"),
    ("prompts/work.toml", 'settling = "feet"', 'settling = "foot"', 0, "not a known settling"),
    ("prompts/work.toml", 'settling = "feet"\n', "", -11, "names a settling line"),
    ("prompts/work.toml", "purpose = ", "porpoise = ", 0, "not an entry of a prompt"),
    ("prompts/work.toml", 'kind = "look_back"\n', "", None, "without 'kind'"),
    ("prompts/work.toml", "followups = [", 'followups = ["How?", "Who?", ', 0, "one or two"),
    ("feelings.toml", 'group = "glad"', 'group = "gladd"', 0, "not a known group"),
    ("feelings.toml", 'under = ["', 'under = ["nothing", "', 0, "not a known under"),
    ("stems.toml", 'wishes = ["hear"]', 'wishes = ["heard"]', 0, "not a known wishes"),
    ("together.toml", 'place = "near"', 'place = "nearby"', 0, "not a known place"),
    ("reply.toml", "[[part]]", "[[parts]]", 0, "does not belong"),
    ("depths.toml", "level = 2", "level = 1", None, "four levels"),
    ("wishes.toml", "[[wish]]", "[wishes]", None, ""),
]


@pytest.mark.parametrize(("file", "old", "new", "shift", "reason"), BROKEN)
def test_a_broken_file_names_itself(
    folder: Path, file: str, old: str, new: str, shift: int | None, reason: str
) -> None:
    path = folder / file
    line = line_of(path, old.splitlines()[0])
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        load(folder)
    named = [p for p in caught.value.problems if p.file == file and reason in p.reason]
    assert named
    if shift == 0:
        assert named[0].line == line
    assert str(named[0]).startswith(f"{file}:{named[0].line}: ")
    assert f"{caught.value.file}:{caught.value.line}" in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"= =", b"[[card]]\nkey = 'a'\n", b'"'])
def test_any_bytes_give_a_reason_and_nothing_else(folder: Path, content: bytes) -> None:
    (folder / "cards.toml").write_bytes(content)
    with pytest.raises(LibraryError, match=r"cards\.toml:\d+: "):
        load(folder)


def test_a_missing_folder_or_file_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library here"):
        load(tmp_path / "nowhere")
    (folder / "wishes.toml").unlink()
    with pytest.raises(LibraryError, match=r"wishes"):
        load(folder)


def test_a_broken_library_stops_the_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "wishes.toml").write_text("[[wish]]\nkey = 3\n", encoding="utf-8")
    monkeypatch.setattr("prompts.library.loading.HERE", folder.parent)
    library.cache_clear()
    try:
        with pytest.raises(LibraryError, match=r"wishes\.toml:2: 'key' must be text"):
            apps.get_app_config("prompts").ready()
    finally:
        library.cache_clear()
