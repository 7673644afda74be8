"""The encrypted memory of one desk."""
