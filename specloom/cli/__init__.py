"""The command line: reads arguments and configuration, shows what happens, decides the exit code."""
