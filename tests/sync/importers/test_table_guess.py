"""Guessing what columns mean: headers in six languages, cells that bear them out or belie them, and doubts."""

import pytest

from workbench.sync.importers.table_guess import guess, is_known_header
from workbench.sync.importers.table_mapping import TableField, TableKind

F = TableField
MEMBERS, POSTS, EVENTS, ATTENDANCE = TableKind.MEMBERS, TableKind.POSTS, TableKind.EVENTS, TableKind.ATTENDANCE
DAY = "2026-01-05"
WHO = "a@example.org"


@pytest.mark.parametrize(
    ("headers", "cells", "kind", "columns"),
    [
        ("Full name,E-mail address,Member since,Duty station,Job title,Grade", f"A,{WHO},{DAY},Lima,Lead,P4", MEMBERS,
         (F.NAME, F.ADDRESS, F.JOINED, F.OFFICE, F.ROLE, F.LEVEL)),
        ("Nom,Prénom,Courriel,Date d’inscription,Départ,Pays", f"E,A,{WHO},{DAY},{DAY},Mali", MEMBERS,
         (F.NAME, F.GIVEN, F.ADDRESS, F.JOINED, F.LEFT, F.OFFICE)),
        ("Nombre y apellidos,Correo electrónico,Fecha,Asunto,Mensaje,En respuesta a", f"A,{WHO},{DAY},Hola,Texto,12", POSTS,
         (F.NAME, F.ADDRESS, F.DATE, F.SUBJECT, F.TEXT, F.REPLY_TO)),
        ("الاسم,البريد الإلكتروني,تاريخ الانضمام,المكتب,الدور", f"أمينة,{WHO},٢٠٢٦/١/٥,القاهرة,عضو", MEMBERS,
         (F.NAME, F.ADDRESS, F.JOINED, F.OFFICE, F.ROLE)),
        ("Автор,Дата,Время,Тема,Сообщение,Сообщество", f"Амина,{DAY},09:00,Насосы,Текст,Вода", POSTS,
         (F.NAME, F.DATE, F.TIME, F.SUBJECT, F.TEXT, F.COMMUNITY)),
        ("姓名,活动名称,日期,是否出席", f"王例,培训,{DAY},是", ATTENDANCE, (F.NAME, F.EVENT, F.DATE, F.ATTENDED)),
        ("时间,作者,标题,内容", f"{DAY} 09:00,王例,好,好", POSTS, (F.DATE, F.NAME, F.SUBJECT, F.TEXT)),
        ("id,person,kind,ts_utc,root_id,parent_id,text", f"1,A,post,{DAY},,,", EVENTS,
         (F.ID, F.NAME, F.KIND, F.DATE, F.THREAD, F.REPLY_TO, F.TEXT)),
        ("Name / Nom,E-mail (work),Date of joining the group", f"A,{WHO},{DAY}", MEMBERS, (F.NAME, F.ADDRESS, F.JOINED)),
    ],
)  # fmt: skip
def test_header_of_any_of_the_six_languages_is_understood(headers, cells, kind, columns):
    found = guess(headers.split(","), [cells.split(",")])
    assert (found.mapping.kind, found.mapping.columns) == (kind, columns)
    assert min(found.confidence) >= 0.6
    assert found.doubts == ()


def test_cells_speak_where_headers_do_not():
    found = guess(["A", "B", "C"], [["Amina Example", WHO, DAY], ["Bo Sample", "b@example.org", DAY]])
    assert found.mapping.columns == (None, F.ADDRESS, F.JOINED)
    assert found.confidence[0] == 0.0
    assert 0 < found.confidence[2] <= 0.5


def test_cells_belie_a_header():
    found = guess(["Name", "Joined"], [["Amina", "through a friend"]] * 9)
    assert found.confidence[1] <= 0.5
    assert found.doubts == ("Few cells of “Joined” look like dates.",)
    assert guess(["User", "Country"], [[WHO, "Peru"]]).mapping.columns == (F.ADDRESS, F.OFFICE)
    assert F.KIND not in guess(["Author", "Date", "Text", "Type"], [["A", DAY, "x", "blue"]]).mapping.columns
    assert F.ATTENDED not in guess(["Name", "Event", "Date", "Status"], [["A", "x", DAY, "VIP"]]).mapping.columns


def test_two_columns_that_could_be_the_same_are_named():
    found = guess(["Name", "Member", "E-mail"], [["Amina", "Amina E.", WHO]])
    assert found.mapping.columns == (F.NAME, None, F.ADDRESS)
    assert found.doubts == ("“Member” could be meant as well as “Name”.",)


def test_kind_that_is_said_stays():
    found = guess(["Name", "Title", "Date"], [["A", "x", DAY]], kind=ATTENDANCE)
    assert found.mapping.columns == (F.NAME, F.EVENT, F.DATE)
    assert guess(["Name", "Title", "Date"], [["A", "x", DAY]], kind=MEMBERS).mapping.columns == (
        F.NAME,
        F.ROLE,
        F.JOINED,
    )


def test_it_never_refuses():
    assert guess([], []).mapping.columns == ()
    assert guess(["", "  ", "?"], [["a"], []]).mapping.columns == (None, None, None)


def test_headers_are_told_from_other_cells():
    assert is_known_header("E-mail")
    assert is_known_header("Prénom / First name")
    assert not is_known_header("Members of the water network, 2026")
    assert not is_known_header("")
