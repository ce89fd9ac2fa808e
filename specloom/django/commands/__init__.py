"""What the commands of ``manage.py`` do, apart from how Django parses their arguments."""
