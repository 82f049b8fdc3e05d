"""The only room that knows the database's dialect: opening, pragmas, migrations, backup, health."""
