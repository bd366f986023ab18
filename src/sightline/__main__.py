"""`python -m sightline`, which is what ./sightline runs."""

from sightline.web.command import main

if __name__ == "__main__":
    main()
