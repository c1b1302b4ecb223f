"""A clinic's own documents: read, sifted, cut into passages, doubted, and put on the shelf.

    path -> sniffing -> reading (in a process of its own) -> sifting -> chunking -> doubting -> shelving

Nothing here is imported to answer a question.
"""
