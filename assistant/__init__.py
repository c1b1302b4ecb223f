"""From a question to a verified answer; read ``pipeline`` first."""
