"""The command line: the only package that knows typer, arguments, exit codes and stdout."""
