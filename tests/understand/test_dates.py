"""Dates as mail programs and letters write them, into ISO 8601."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.dates import find_date, parse_sent

WRITTEN = [
    ("Fri, 6 Mar 2020 03:49:45 +0000", "2020-03-06T03:49:45+00:00"),
    ("Tue, 03 Mar 2020 10:57:12 -0500 (EST)", "2020-03-03T10:57:12-05:00"),
    ("Thursday, March 5, 2020 9:53 AM", "2020-03-05T09:53"),
    ("Thursday, March 5, 2020 12:05 AM", "2020-03-05T00:05"),
    ("Wed, 11 Mar 20 09:00:00 GMT", "2020-03-11T09:00:00+00:00"),
    ("11 Mar 98 09:00 EST", "1998-03-11T09:00-05:00"),
    ("Wed, 11 Mar 2020 09:00:00 -0000", "2020-03-11T09:00:00+00:00"),
    ("Wed, 11 Mar 2020 24:00:00 +0000", "2020-03-11"),
    ("Wed, 11 Mar 2020 09:00:00 +9999", "2020-03-11T09:00:00"),
    ("Sat Aug 29 16:55:23 2009", "2009-08-29T16:55:23"),
    ("Fri Mar  6 03:49:45 EST 2020", "2020-03-06T03:49:45-05:00"),
    ("March 4, 2020 at 12:30:52 PM EDT", "2020-03-04T12:30:52-04:00"),
    ("Wed, Mar 4, 2020 at 9:45 PM", "2020-03-04T21:45"),
    ("2/25/20, 6:47 AM", "2020-02-25T06:47"),
    ("03/05/2015 09:53:12 AM", "2015-03-05T09:53:12"),
    ("2020-03-05T09:53:00Z", "2020-03-05T09:53:00+00:00"),
    ("2017-03-06 9:53 GMT-05:00", "2017-03-06T09:53-05:00"),
    ("9:53 AM 03/05/2020", "2020-03-05T09:53"),
    ("Donnerstag, 5. März 2020 09:53", "2020-03-05T09:53"),
    ("05.03.2020 09:53", "2020-03-05T09:53"),
    ("jeudi 5 mars 2020 à 10h11", "2020-03-05T10:11"),
    ("jueves, 5 de marzo de 2020 9:53", "2020-03-05T09:53"),
    ("June 5th, 2018", "2018-06-05"),
    ("5 June 2018", "2018-06-05"),
    ("Dec 2, 2009 at 7 pm", "2009-12-02T19:00"),
]
DAMAGED = [
    ("Thursday, March 5, 2O20 9:53 AM", "2020-03-05T09:53"),
    ("Sunday, April l2, 2009 11:O9 AM", "2009-04-12T11:09"),
    ("Febniary 3, 2011 10:02 PM", "2011-02-03T22:02"),
    ("Tuesday, Au ust 18, 2009 7:05 AM", "2009-08-18T07:05"),
    ("Sunday, August 2, 20094:19 AM", "2009-08-02T04:19"),
    ("Mon Sep 0709:17:15 2009", "2009-09-07T09:17:15"),
]


@pytest.mark.parametrize(("written", "iso"), WRITTEN)
def test_dates_are_read_as_programs_print_them(written: str, iso: str) -> None:
    assert parse_sent(written) == iso


@pytest.mark.parametrize(("written", "iso"), DAMAGED)
def test_dates_that_ocr_damaged_are_read(written: str, iso: str) -> None:
    assert parse_sent(written) == iso


def test_the_weekday_tells_the_day_from_the_month() -> None:
    assert parse_sent("Tue 03/04/2018 10:00") == "2018-04-03T10:00"
    assert parse_sent("Sun 03/04/2018 10:00") == "2018-03-04T10:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "Thu, 31 Dec 0000 09:00:00 +0000",
        "Monday, May 32, 2020",
        "13/32/2020",
        "3.50",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_sent(text) == ""


def test_a_time_that_cannot_be_read_leaves_the_date() -> None:
    assert parse_sent("Saturday, July 11, 2009 1t:8b AM") == "2009-07-11"


def test_the_place_of_a_date_takes_in_its_time() -> None:
    text = "On Mar 4, 2020, at 6:04 PM, Jo Doe wrote"
    found = find_date(text)
    assert found is not None
    assert text[found[1] : found[2]] == "Mar 4, 2020, at 6:04 PM"


@given(st.text())
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = find_date(text)
    assert found is None or 0 <= found[1] < found[2] <= len(text)


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2099, 12, 31)),
    st.sampled_from(["%a, %d %b %Y %H:%M:%S", "%A, %B %d, %Y %I:%M:%S %p", "%a %b %d %H:%M:%S %Y"]),
)
def test_every_time_comes_back(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_sent(moment.strftime(form)) == moment.isoformat()


@pytest.mark.parametrize(
    "written",
    [
        "Wed, 4 Mar 2020:03:08:49 +0000",
        "Wed, 4 Mar: 2020 03:08:49 +0000",
        "Wed, 4 Mar 2020 :03:08:49 +0000",
        "Wed, 4 Mar 2020.03:08:49.+0000",
    ],
)
def test_specks_that_ocr_takes_for_stops_hide_no_time(written: str) -> None:
    assert parse_sent(written) == "2020-03-04T03:08:49+00:00"
