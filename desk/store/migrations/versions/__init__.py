"""One file a version, in order; what was released is never edited.

Items of the feed in a version this desk does not know are set aside. A migration that comes with a program that does
know one must therefore also `UPDATE contact SET cursor = ''`, so that the feed is read again from its start.
"""
