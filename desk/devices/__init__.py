"""Printer, document scanner and QR scanner, each behind one small protocol."""
