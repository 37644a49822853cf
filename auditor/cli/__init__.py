"""The command line, the only package that deals with typer, exit codes and stdout."""
