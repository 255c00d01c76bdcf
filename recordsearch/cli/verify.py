"""``recordsearch verify``: say whether records, catalogue and index are still as they were."""

import click

DIFFERS_STATUS = 3


@click.command("verify")
@click.argument("manifest", required=False, type=click.Path())
@click.option("--release", metavar="NAME", help="Only files of this release.")
@click.option("--quick", is_flag=True, help="Look at sizes and times alone, not at the bytes.")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Passwords, one a line, tried in their order on containers that need one.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each difference.")
@click.pass_obj
def command(
    archive: str | None,
    manifest: str | None,
    release: str | None,
    quick: bool,
    password_file: str | None,
    as_json: bool,
) -> int:
    """Say whether records, catalogue and index are still as they were read.

    Files are compared with what the archive knows of them, or with MANIFEST, for which no archive
    is needed. Then the catalogue is verified in itself, and the index against it.

    Exit status: 0 when nothing differs, 3 when something does, 2 for wrong usage, 1 when the run
    itself failed.
    """
    from recordsearch.cli.passwords import read_passwords
    from recordsearch.present import custody
    from recordsearch.present.custody_progress import progress_beside_answer
    from recordsearch.wiring import verify
    from recordsearch.workflows.verifying import Differs, Verified

    remarks = []
    verified = None
    passwords = read_passwords(password_file)
    with progress_beside_answer() as show:
        for told in verify(archive, manifest, release, quick=quick, passwords=passwords):
            if isinstance(told, Differs):
                print(custody.differs_json(told) if as_json else custody.differs_line(told))
            elif isinstance(told, Verified):
                verified = told
            else:
                show(told)
                remarks += custody.remarks_in(told)
    if verified is None:  # the last event is the summary
        raise RuntimeError("the verification ended without a summary")
    if as_json:
        print(custody.verified_json(verified, remarks))
    else:
        print(custody.verified_line(verified))
    return DIFFERS_STATUS if verified.differences else 0
