"""A short paper of an organisation with the head and signer that the register says: programmes, bulletins."""

from datetime import date

from tongket.members.heading import Heading
from tongket.ui.word_paper import WordPaper


class HeadedPaper(WordPaper):
    """A Word paper around a `Heading`."""

    def __init__(self, heading: Heading, on: date, title: str) -> None:
        super().__init__(on, title, heading.issuer)
        self.heading_parts = heading

    def headed(self, symbol: str) -> None:
        """The head, with the number's letters `symbol`."""
        top = self.heading_parts
        self.head(top.parent, top.issuer, symbol, top.place_date)

    def said(self, text: str, *, lead: str = "") -> None:
        """A paragraph of the text; `lead` are its first words in bold."""
        self.text((lead, "b"), text)

    def signed(self) -> None:
        """Recipients and signature."""
        top = self.heading_parts
        self.closing(top.recipients, top.on_behalf, top.post, top.signer)
