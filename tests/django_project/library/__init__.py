"""An app of viewsets behind a router: books and their authors."""
