"""`python -m fedkg` is `fedkg`."""

from fedkg.cli import main

if __name__ == "__main__":
    main()
