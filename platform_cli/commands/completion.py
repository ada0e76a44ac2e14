"""Print the script that completes commands and options with Tab.

Section: Set up
"""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands and options with Tab.

    \b
    Put one of these lines into your shell's start-up file:
      eval "$(platform completion bash)"       ~/.bashrc (bash 4.4 or newer)
      eval "$(platform completion zsh)"        ~/.zshrc
      platform completion fish | source        ~/.config/fish/config.fish

    \b
    Examples:
      platform completion zsh
    """
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    name = root.info_name or "platform"
    script = get_completion_class(shell)
    if script is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(script(root.command, {}, name, f"_{name.upper()}_COMPLETE").source())
