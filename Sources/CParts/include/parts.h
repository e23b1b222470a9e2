// The temporary files of libxlsxwriter, held in memory while they are small.
#ifndef PARTS_H
#define PARTS_H

#include <stdio.h>

/// A file for one part of a workbook, to be written, rewound and read by one thread; NULL with the reason in
/// `errno`. It has no name, and goes when it is closed. Up to a mebibyte it is held in memory, beyond that in
/// the folder.
///
/// The name is libxlsxwriter's own: a program's functions come before those of the libraries that it loads, so
/// libxlsxwriter takes this one. A hospital's workbook has about a hundred parts of a few kilobytes, and to
/// make, write, read and unlink a file for each was a twentieth of the time of its report.
FILE *lxw_tmpfile(char *folder);

#endif
