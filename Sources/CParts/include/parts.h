// The files in which libxlsxwriter collects the parts of a workbook.
#ifndef PARTS_H
#define PARTS_H

#include <stdio.h>

/// A file that nobody else sees, as libxlsxwriter asks for one; a program's own functions come before those
/// of the libraries that it loads, so this one is called. NULL with the reason in `errno`.
///
/// A hospital's workbook has a hundred parts, of which none is large: they are kept in memory, where a file
/// for each had to be made, written, read and removed. A part that grows beyond a limit moves into a file
/// of the folder.
FILE *lxw_tmpfile(char *folder);

#endif
