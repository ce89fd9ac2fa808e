"""From a file to a checked document to the IR: loading, references, tolerance, lowering."""
