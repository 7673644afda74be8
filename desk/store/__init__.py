"""The desk's encrypted memory; SQL lives here and nowhere else at the desk."""
