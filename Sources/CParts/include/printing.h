// How libxlsxwriter writes its numbers and texts, done by hand where that is shorter.
//
// It writes every cell, attribute and tag of a workbook by `fprintf`, and to interpret the same few formats
// again and again was a third of the time in which a hospital's workbook is closed. The functions here have
// the names and meanings of those that it calls: a program's functions come before those of the libraries
// that it loads. What they write is the same to the byte.
#ifndef PRINTING_H
#define PRINTING_H

#include <stdarg.h>
#include <stdio.h>

enum {
  /// So many bytes one call writes by hand; longer texts are the C library's.
  PRINTING_ROOM = 512,
  /// The bytes that a number takes at most, as `printing_number` writes it.
  PRINTING_NUMBER_ROOM = 24
};

/// Writes a number as `printf` does by `%.16G`: 16 significant digits of its exact value, half to even, without
/// zeros behind the last that counts.
///
/// Returns the length, at most `PRINTING_NUMBER_ROOM`; 0 for what has an exponent in that form, for infinity
/// and for what is no number, which are left to the C library.
int printing_number(char *text, double value);

/// Writes by a format that has no other conversions than `%s`, `%d`, `%u`, `%.16G` and `%%`.
///
/// Returns the length, at most `PRINTING_ROOM`; -1, with the text in no certain state, where the format has
/// others, a number has an exponent or the text is longer: then it is left to the C library.
int printing_text(char *text, const char *format, va_list arguments);

#endif
