"""Everything that can go wrong on purpose.

SimilitError                  one human sentence, never a traceback
├── UnreadableFile            no such file, no such format, not text
├── BadGlossary               the host's own glossary cannot be read, or has a line that is none
├── UnknownFormat             no such format to read or write
├── NothingAsked              a service is asked for nothing, or there is no such service
├── SourceUnavailable         a service on the network does not answer, or not sensibly
├── LibraryMissing            the library that was named is not there
├── LibraryBusy               another process is writing, and takes too long
├── LibraryDamaged            papers.db is not a library, or of a newer Similit
└── PaperNotFound             a number, DOI or PMID that no paper here has

Cancelled                     nobody waits for an answer any more, so nobody is told
"""


class SimilitError(Exception):
    """The root of the errors that a person can do something about; `str()` is the sentence."""


class UnreadableFile(SimilitError):
    """A file that cannot be imported."""


class BadGlossary(SimilitError):
    """The host's own glossary cannot be used."""


class UnknownFormat(SimilitError):
    """A format that nothing can be read or written in."""


class NothingAsked(SimilitError):
    """What is asked of a service on the network is nothing that it could answer."""


class SourceUnavailable(SimilitError):
    """A service that papers are fetched from cannot be reached, or answers with errors."""


class LibraryMissing(SimilitError):
    """There is no library where one was named."""


class LibraryDamaged(SimilitError):
    """The library's file cannot be used as it is."""


class LibraryBusy(SimilitError):
    """Another process has been writing to the library for longer than it is worth waiting."""


class PaperNotFound(SimilitError):
    """No paper of the library answers to this number or identifier."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"no paper {reference} in this library")
        self.reference = reference


class Cancelled(Exception):
    """What was being worked on is given up, since nobody waits for it: no one sees this."""
