"""What a person sees while specloom works, for every command line: diagnostics, progress, trees of files, words for a defect."""
