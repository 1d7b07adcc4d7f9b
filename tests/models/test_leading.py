"""Roles that lead a community, as platforms and tables write them, and those that do not."""

import pytest

from workbench.models.leading import LEADING, is_leading
from workbench.models.people_keys import plain_key

LEAD = (
    " Community Manager ", "MODERATOR", "co-lead", "Co-chair", "community lead", "Group owner", "Owner, mentor", "Host",
    "Animatrice", "animateur·trice", "Coordinateur-trice", "Modératrice", "Responsable de communauté", "FACILITATRICE",
    "Administrateur du groupe", "Animatrice de la communauté", "Coordonnateur", "Co-animatrice",
    "Coordinadora", "coordinador/a", "Moderador(a)", "Líder", "lider", "Administradora del grupo",
    "Facilitadora de la comunidad", "Coordenadora", "coordenador da comunidade", "Moderador", "Responsável",
    "منسق", "منسقة", "المنسّقة", "مشرف", "المشرف", "ميسّر", "مدير المجموعة", "منسق المجتمع",
    "Координатор", "МОДЕРАТОР", "Ведущий", "ведущая", "администратор группы", "Руководитель сообщества",
    "管理员", "管理員", "协调员", "主持人", "版主", "社区管理员", "群主", "联合主持人",
    "Koordinator", "Koordinator*in", "Koordinatorin", "Moderator:in", "Moderator-in", "Community-Managerin", "Gruppenleiter",
)  # fmt: skip
OTHERS = (
    "", "member", "Member", "mentor", "Programme manager", "Project coordinator", "Programme officer", "Site manager",
    "Membre", "Chargée de programme", "Coordinateur de projet", "Responsable des achats", "Directrice pays",
    "miembro", "Coordinadora de proyectos", "Oficial de programa", "membro", "Gestor de projetos",
    "عضو", "منسق مشاريع", "مدير البرنامج", "участник", "Координатор проекта", "成员", "项目经理", "项目协调员",
    "Mitglied", "Projektleiter", "Projektkoordinatorin", "/", "co-",
)  # fmt: skip


@pytest.mark.parametrize("role", LEAD)
def test_a_role_that_leads_is_known_in_the_words_of_its_language(role):
    assert is_leading(role)


@pytest.mark.parametrize("role", OTHERS)
def test_a_job_title_is_no_leading_role(role):
    assert not is_leading(role)


def test_words_are_kept_as_they_are_compared():
    assert {plain_key(word) for word in LEADING} == set(LEADING)
