"""What an answer is taken away as: pure functions of its JSON and the library.

    reading     <- what every paper takes from an answer: facts, claims, short references
    screened    <- signs    what was stated absent, and what nobody asked for
    note        <- screened    a clinical note in plain text
    card        what to test next, for the couch
    exporting   <- markdown, pdf <- typeface    an answer or a whole case as a file
    debate_overview  <- map_content, map_shapes    a whole debate at a glance
    debate_map  <- map_content, map_layout <- map_text, map_shapes    a crux or a debate as a picture

Nothing here reads a clock, a file of the clinic's or the network: the same answer gives the same bytes.
"""
