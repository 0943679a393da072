"""How fast the program is beside a bare Textual app that is measured in the same run: `python3 dev.py bench`."""
