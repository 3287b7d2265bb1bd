"""`python -m machidata`."""

from machidata.cli import main

if __name__ == "__main__":
    main()
