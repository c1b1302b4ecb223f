"""Clinical measures that compute: pure formulas, each constant from a passage of the library."""
