from __future__ import annotations

from prompts.library import model, words

# (file or folder, [[table]] in it) → what a row of it becomes
TABLES: dict[tuple[str, str], type] = {
    ("topics", "topic"): model.Topic,
    ("depths", "depth"): model.Depth,
    ("kinds", "kind"): model.Kind,
    ("settling", "settling"): model.Settling,
    ("prompts", "prompt"): model.Prompt,
    ("feelings", "group"): model.FeelingGroup,
    ("feelings", "feeling"): model.Feeling,
    ("feelings", "pseudo"): model.PseudoFeeling,
    ("needs", "group"): model.NeedGroup,
    ("needs", "need"): model.Need,
    ("body", "region"): model.Region,
    ("body", "sensation"): model.Sensation,
    ("wishes", "wish"): model.Wish,
    ("reply", "part"): words.Part,
    ("reply", "all_right"): words.Choice,
    ("reply", "holding"): words.Holding,
    ("stems", "stem"): words.Stem,
    ("repair", "family"): words.RepairFamily,
    ("repair", "sentence"): words.RepairSentence,
    ("together", "activity"): words.Activity,
    ("gestures", "gesture"): words.Gesture,
    ("circle", "step"): words.Step,
    ("circle", "line"): words.CircleLine,
    ("cards", "card"): words.Card,
}
NOT_WORDS = {"check.toml"}
EFFORTS = ("hardly any", "a little", "some planning")
PLACES = ("home", "near", "out", "apart")
MONEY = ("free", "a little", "some")
HOLDING_SORTS = ("later", "here", "in_person")
