"""`python -m detente` is the `detente` command."""

from detente.views.cli import main

if __name__ == "__main__":
    main()
