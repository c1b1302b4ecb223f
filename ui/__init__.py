"""The doors: terminal, web chat and HTTP. Each asks ``assistant.door`` and shows what comes back.

Read ``cli`` first for the terminal, ``server`` for the web:

    server -> api, web -> conversations     the HTTP API (`api` names its parts) and the chat, asking through one place
           -> security, page                what is let in, and what a browser may load; `limits`, how much may be sent
    web    -> welcome, rendering            the first screen; an answer as our own escaped HTML
              rendering -> casefacts, passages    the chips of a case; what a citation opens
    papers                                  what an answer is taken away as: note, card, files, debate map
    static/                                 the page's style and script
"""
