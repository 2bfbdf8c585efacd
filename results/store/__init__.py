"""Files of a run or a sweep: tables with their schema, folders that are whole or absent."""
