"""Style sheet: how every kind of control is drawn; `theme` puts colours and sizes in.

Widgets choose their look by dynamic property, set before they are first shown:
  kind on QPushButton    primary, plain (no border), danger; none = secondary with border; link, status (small)
  kind on QToolButton    icon (square, no border), choice (bordered, opens a list), small, lane
  kind on QPlainTextEdit quiet (no border until the keyboard is in it)
  role on QLabel         title, headline, number, second, small, strong, caption
  card on QFrame         true: surface, 1 px border, 8 px radius
  ground on QWidget      window, surface, rail, clear
"""

from typing import Final

STYLE_SHEET: Final = """
QWidget { color: $text; font-size: $body; }
QMainWindow, QDialog, QWidget[ground="window"] { background: $window; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="rail"] { background: $rail; }
QWidget[ground="clear"] { background: transparent; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[rule="true"] { background: $line; border: none; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $title; font-weight: 600; }
QLabel[role="headline"] { font-size: $headline; font-weight: 600; }
QLabel[role="number"] { font-size: $headline; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="second"] { color: $second; }
QLabel[role="small"] { color: $second; font-size: $small; }
QLabel[role="caption"] { color: $third; font-size: $small; }
QLabel[role="captionstrong"] { color: $second; font-size: $small; font-weight: 600; }

QPushButton { background: $surface; border: 1px solid $control; border-radius: 8px; padding: 0 12px;
  min-height: $control_height; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; }
QPushButton:disabled { color: $third; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; border-color: $line; color: $third; }
QPushButton[kind="plain"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="plain"]:hover { background: $hover; }
QPushButton[kind="plain"]:focus { border: 2px solid $accent; padding: 0 11px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 4px; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton::menu-indicator { image: none; width: 14px; }
QPushButton[flush="true"] { text-align: left; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:hover { background: $bad_soft; }
QPushButton[kind="status"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0 8px;
  min-height: 22px; font-size: $small; font-weight: 400; color: $second; text-align: left; }
QPushButton[kind="status"]:hover { background: $hover; color: $text; }
QPushButton[kind="status"]:focus { border: 2px solid $accent; padding: 0 7px; }
QPushButton[kind="status"][strong="true"] { color: $text; font-weight: 600; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QToolButton:disabled { color: $third; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[kind="small"] { padding: 2px; border-radius: 6px; }
QToolButton[kind="small"]:focus { padding: 1px; }
QToolButton[kind="lane"] { font-weight: 600; padding: 3px 6px 3px 3px; }
QToolButton[kind="lane"]:focus { padding: 2px 5px 2px 2px; }
QToolButton[kind="choice"] { background: $surface; border: 1px solid $control; padding: 0 8px;
  min-height: $control_height; font-weight: 500; }
QToolButton[kind="choice"]:hover { background: $hover; }
QToolButton[kind="choice"]:focus { border: 2px solid $accent; padding: 0 7px; }

QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox { background: $surface; color: $text;
  border: 1px solid $control; border-radius: 8px; padding: 0 8px; min-height: $control_height;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $third; }
QTextEdit, QPlainTextEdit { padding: 6px 8px; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
  border: 2px solid $accent; padding: 0 7px; }
QTextEdit:focus, QPlainTextEdit:focus { padding: 5px 7px; }
QPlainTextEdit[kind="quiet"] { background: transparent; border: 1px solid transparent; padding: 1px 2px;
  min-height: 16px; }
QPlainTextEdit[kind="quiet"]:hover { background: $hover; }
QPlainTextEdit[kind="quiet"]:focus { background: $surface; border: 2px solid $accent; padding: 0 1px; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $hover; border-color: $hover; }
QLineEdit:disabled, QComboBox:disabled { color: $third; border-color: $line; }
QComboBox::drop-down, QDateEdit::drop-down { background: transparent; border: none; width: 24px; }
QDateEdit::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; outline: none; }
QCheckBox, QRadioButton { spacing: 8px; min-height: $chip_height; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QTableView, QListView, QTreeView { background: $surface; border: none; outline: none; gridline-color: $grid;
  alternate-background-color: $surface; selection-background-color: $accent_soft; selection-color: $text; }
QTableView::item, QTreeView::item { border: none; padding: 0 8px; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
  background: $accent_soft; color: $text; }
QListView::item { min-height: $row_height; padding: 0 8px; border-radius: 6px; }
QListView::item:hover { background: $hover; }
QListView::indicator { background: transparent; border: none; image: none; width: 16px; height: 16px; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $third; font-size: $small; font-weight: 600; border: none;
  border-bottom: 1px solid $line; padding: 0 11px; min-height: $row_height; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[ground="clear"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $control; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $control; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $third; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $text; color: $surface; border: none; border-radius: 6px; padding: 6px 8px; font-size: $small; }

QProgressBar { background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QTabBar::tab { background: transparent; color: $second; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid $accent; border-radius: 6px; padding: 4px 10px 6px 10px; }
QScrollArea[ring="true"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[ring="true"]:focus { border-color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
"""
