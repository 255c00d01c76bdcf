"""``recordsearch problems``: list every file and page that could not be read."""

import click


@click.command("problems")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each problem.")
@click.pass_obj
def command(archive: str | None, as_json: bool) -> int:
    """List every file and page that could not be read.

    A page that was read poorly is listed too, as words on it may not be found.
    """
    from recordsearch.archive import Archive

    with Archive(archive) as opened:
        found = opened.problems()
    if as_json:
        from recordsearch.present.jsonl import problem_line

        for release, problem in found:
            print(problem_line(release, problem))
    else:
        from recordsearch.present.overview import print_problems

        print_problems(found)
    return 0
