"""Changes to the files of a project: said as data, applied to texts, written all or not at all."""
