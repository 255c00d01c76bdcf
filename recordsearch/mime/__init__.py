"""E-mail formats as they stand in files: what both the walk through containers and extraction ask.

MIME parts (:mod:`.parts`), headers (:mod:`.header`, :mod:`.addresses`), and the property sets that
Outlook keeps in msg, pst and winmail.dat (:mod:`.properties`, :mod:`.outlook`). Everything is read
within limits; nothing here opens a container's members on disk or makes pages.
"""
