"""Platforms: every declaration can be loaded, asked for and shown."""

import re

import pytest

from workbench.models.kinds import AccountKind
from workbench.sync.platforms import TITLES, Platform, SettingKind, SignInKind, platform

KINDS = sorted(TITLES)
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(params=KINDS, name="declared")
def _declared(request: pytest.FixtureRequest) -> Platform:
    return platform(request.param)


def test_a_declaration_is_of_its_own_kind(declared: Platform):
    assert declared.title == TITLES[declared.kind]
    assert declared.about
    assert declared.sign_in


def test_every_setting_can_be_asked_for(declared: Platform):
    ways = [setting for way in declared.sign_in for setting in way.settings]
    for setting in (*declared.settings, *ways):
        assert setting.title
        assert setting.name.isidentifier()
        assert (setting.kind is SettingKind.CHOICE) == bool(setting.choices)
        assert not setting.choices or not setting.default or setting.default in dict(setting.choices)


def test_names_are_given_once_in_each_form(declared: Platform):
    for way in declared.sign_in:
        names = [setting.name for setting in (*declared.settings, *way.settings)]
        assert len(names) == len(set(names))


def test_facts_name_only_settings_that_are_asked_for(declared: Platform):
    for way in declared.sign_in:
        names = {setting.name for setting in (*declared.settings, *way.settings)}
        for text in way.facts.values():
            assert set(PLACE.findall(text)) <= names


def test_no_secret_is_asked_for_where_none_is_needed(declared: Platform):
    for way in declared.sign_in:
        if way.kind is SignInKind.NOTHING:
            assert not [setting for setting in way.settings if setting.kind is SettingKind.SECRET]


def test_what_a_platform_cannot_show_is_said_in_sentences(declared: Platform):
    for sentence in declared.cannot:
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_files_have_no_declaration():
    with pytest.raises(KeyError):
        platform(AccountKind.MAILING_LIST)
