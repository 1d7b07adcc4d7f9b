"""Tables as people have them, twenty shapes of them, made as bytes; each says what it should be read as."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import TableKind

Cells = Sequence[Sequence[Any]]


def csv_bytes(rows: Cells, *, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Rows with quotation marks where a cell needs them."""

    def cell(value: Any) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in (separator, '"', "\n")) else text

    return end.join(separator.join(map(cell, row)) for row in [*rows, []]).encode(encoding)


def xlsx_bytes(
    sheets: dict[str, Cells],
    *,
    merged: Sequence[tuple[int, int, int, int, str]] = (),
    formulas: dict[tuple[int, int], tuple[str, Any]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook; dates become dated cells. `merged` and `formulas` go into the last sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        formats = {
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, formats[type(value)])
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write(number, column, value)
            if name in hidden:
                sheet.hide()
        for top, left, bottom, right, text in merged:
            sheet.merge_range(top, left, bottom, right, text)
        for (row, column), (formula, value) in (formulas or {}).items():
            sheet.write_formula(row, column, formula, None, value)
    return file.getvalue()


@dataclass(frozen=True)
class Shape:
    """One file: its name and bytes, what was answered where dates are open, and what has to come of it."""

    name: str
    make: Callable[[], bytes]
    kind: TableKind
    rows: int
    first: str
    """Name of the first person, then a moment or a text of the first row."""
    order: DayOrder | None = None
    rejected: tuple[int, ...] = ()
    left_out: int = 0
    sheet: str | None = None

    def __str__(self) -> str:
        return self.name


MEMBERS, POSTS, EVENTS, ATTENDANCE = TableKind.MEMBERS, TableKind.POSTS, TableKind.EVENTS, TableKind.ATTENDANCE
DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST

FRENCH = [
    ["Réseau « Eau » – liste des membres"],
    [],
    ["Nom", "Prénom", "Courriel", "Date d'inscription", "Pays"],
    ["Exemple", "Amélie", "amelie@example.org", "05/01/2024", "Bénin"],
    ["Modèle", "François", "francois@example.org", "03/02/2024", "Côte d'Ivoire"],
    ["Échantillon", "Zoé", "zoe@example.org", "", "Sénégal"],
    ["Total : 3"],
]
SPANISH = [
    ["Nombre y apellidos", "Correo electrónico", "Fecha", "Asunto", "Mensaje"],
    [
        "Ana Ejemplo",
        "ana@example.org",
        "25/12/2023 14:30",
        "¿Bombas?",
        'Primera línea\nsegunda; con “comillas” y "más"',
    ],
    ["Luis Muestra", "luis@example.org", "02/01/2024 9:05", "RE: ¿Bombas?", "Sí, en Bogotá"],
]
ARABIC = [
    ["الاسم", "البريد الإلكتروني", "تاريخ الانضمام", "المكتب"],
    ["أمينة مثال", "amina@example.org", "٢٥/٠٣/٢٠٢٤", "القاهرة"],
    ["بدر نموذج", "badr@example.org", "٠١/٠٤/٢٠٢٤", "عمّان"],
]
RUSSIAN = [
    ["ФИО", "Эл. почта", "Дата вступления", "Должность"],
    ["Амина Пример", "amina@example.org", "5 января 2024 г.", "координатор"],
    ["Борис Образец", "boris@example.org", "15 мая 2023 г.", "участник"],
]
CHINESE = [
    ["姓名", "活动名称", "日期", "是否出席"],
    ["王例", "安全用水培训", "2024年1月5日", "是"],
    ["李示范", "安全用水培训", "2024年1月5日", "否"],
    ["张样本", "安全用水培训", "2024年1月5日", "是"],
]
SECOND_DAY = [[name, title, "2024年2月6日", came] for name, title, _, came in CHINESE[1:]]
EVENT_ROWS = [
    ["id", "person", "kind", "ts_utc", "root_id", "parent_id", "text"],
    ["m1", "Amina Example", "post", "2024-01-05T09:00:00Z", "m1", "", "Which pump?"],
    ["m2", "Bo Sample", "reply", "2024-01-05T11:00:00+01:00", "m1", "m1", "The blue one"],
    ["m3", "Chen Model", "like", "2024-01-06", "m1", "m2", ""],
    ["m4", "Chen Model", "dance", "2024-01-06", "m1", "m2", ""],
]
THREADS = [  # the newest first, as many exports are
    ["Author", "Sent at", "Thread", "Message"],
    ["Bo Sample", "2024-01-06 10:00", "Pumps", "The blue one"],
    ["Amina Example", "2024-01-05 09:00", "Pumps", "Which pump?"],
]
_SERIAL = 45_296  # 5 January 2024
_ROSTER = [["Name", "E-mail", "Joined", "Role"], ["Amina Example", "amina@example.org", date(2024, 1, 5), "Lead"]]


def _wide() -> bytes:
    extra = [f"Question {number}" for number in range(1, 200)]
    rows = [["Name", "E-mail", *extra], ["Amina Example", "amina@example.org", *["x"] * len(extra)]]
    return csv_bytes(rows, separator="\t")


def _merged() -> bytes:
    rows = [
        ["Sessions of the year"],
        ["Webinar", "Session date", "Participant"],
        ["", date(2024, 1, 5), "Amina Example"],
        ["", date(2024, 1, 5), "Bo Sample"],
        ["Cold chain", date(2024, 2, 6), "Amina Example"],
    ]
    return xlsx_bytes({"2024": rows}, merged=[(0, 3, 0, 5, "by quarter"), (2, 0, 3, 0, "Safe water")])


def _two_row_header() -> bytes:
    rows = [
        ["", "", "Dates", ""],
        ["", "", "Joined", "Left"],
        ["Amina Example", "Lima", date(2023, 1, 5), date(2024, 2, 6)],
    ]
    return xlsx_bytes({"People": rows}, merged=[(0, 0, 1, 0, "Name"), (0, 1, 1, 1, "Office")])


SHAPES = (
    Shape("cp1252-semicolons.csv", lambda: csv_bytes(FRENCH, separator=";", encoding="cp1252"), MEMBERS, 3,
          "Amélie Exemple 2024-01-05", DAY, left_out=1),
    Shape("month-first.csv", lambda: csv_bytes(FRENCH, separator=";"), MEMBERS, 3, "Amélie Exemple 2024-05-01", MONTH,
          left_out=1),
    Shape("utf-16-tabs.txt", lambda: csv_bytes(SPANISH, separator="\t", encoding="utf-16"), POSTS, 2,
          "Ana Ejemplo 2023-12-25"),
    Shape("bom-multi-line.csv", lambda: csv_bytes(SPANISH, encoding="utf-8-sig", end="\n"), POSTS, 2,
          "Ana Ejemplo 2023-12-25"),
    Shape("arabic-digits-cp1256.csv", lambda: csv_bytes([[c.translate({ord("٠") + n: str(n) for n in range(10)}) for c in r]
          for r in ARABIC], separator=";", encoding="cp1256"), MEMBERS, 2, "أمينة مثال 2024-03-25"),
    Shape("arabic-digits.csv", lambda: csv_bytes(ARABIC), MEMBERS, 2, "أمينة مثال 2024-03-25"),
    Shape("cyrillic-cp1251.csv", lambda: csv_bytes(RUSSIAN, separator=";", encoding="cp1251"), MEMBERS, 2,
          "Амина Пример 2024-01-05"),
    Shape("chinese-pipes.csv", lambda: csv_bytes(CHINESE, separator="|"), ATTENDANCE, 2, "王例 2024-01-05", left_out=1),
    Shape("chinese-gb18030.csv", lambda: csv_bytes([*CHINESE, *SECOND_DAY], encoding="gb18030"), ATTENDANCE, 4, "王例 2024-01-05",
          left_out=2),
    Shape("events.csv", lambda: csv_bytes(EVENT_ROWS), EVENTS, 3, "Amina Example 2024-01-05", rejected=(5,)),
    Shape("sep-line.csv", lambda: b"sep=;\r\n" + csv_bytes(RUSSIAN, separator=";"), MEMBERS, 2,
          "Амина Пример 2024-01-05"),
    Shape("newest-first.csv", lambda: csv_bytes(THREADS), POSTS, 2, "Bo Sample 2024-01-06"),
    Shape("wide.tsv", _wide, MEMBERS, 1, "Amina Example"),
    Shape("merged.xlsx", _merged, ATTENDANCE, 3, "Amina Example 2024-01-05"),
    Shape("two-row-header.xlsx", _two_row_header, MEMBERS, 1, "Amina Example 2023-01-05"),
    Shape("several-sheets.xlsx", lambda: xlsx_bytes(
        {"Cover": [["Prepared in", 2024], ["Pages", 3]], "Members": _ROSTER, "Old": [["Name", "Joined"], ["Bo", "soon"]]}),
        MEMBERS, 1, "Amina Example 2024-01-05"),
    Shape("serials.xlsx", lambda: xlsx_bytes(
        {"S": [["Name", "Member since"], ["Amina Example", _SERIAL], ["Bo Sample", f"{_SERIAL},5"]]}), MEMBERS, 2,
        "Amina Example 2024-01-05"),
    Shape("formulas.xlsx", lambda: xlsx_bytes(
        {"S": [["First name", "Last name", "Name", "Country"], ["Amina", "Example", "", "Peru"]]},
        formulas={(1, 2): ('=A2&" "&B2', "Amina Example")}), MEMBERS, 1, "Amina Example"),
    Shape("empty-rows-and-columns.xlsx", lambda: xlsx_bytes({"S": [
        [], [None, None, "Members of the network"], [], [None, None, "Name", None, "E-mail", None, "Notes"],
        [None, None, "Amina Example", None, "amina@example.org"], [],
        [None, None, "Bo Sample", None, "bo@example.org"], [None, None, "Grand total", None, 2]]}),
        MEMBERS, 2, "Amina Example", left_out=1),
    Shape("twins-and-formula-text.csv", lambda: csv_bytes([
        ["Date", "Author", "Subject", "Text", "Date", "Time"],
        ["2024-01-05", "Amina Example", "=1+2", "+49 and @all", "printed 2024", "09:30"],
        ["2024-01-06", "", "Nobody", "wrote this", "", "10:00"],
        ["soon", "Bo Sample", "When", "who knows", "", ""]]), POSTS, 1, "Amina Example 2024-01-05", rejected=(3, 4)),
)  # fmt: skip
