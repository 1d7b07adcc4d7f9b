"""What is stored: tables, enums, database, backup, migrations."""
