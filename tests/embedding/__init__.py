"""What other packages do with specloom: emitters, types, single builders and printers, formatters of their own."""
