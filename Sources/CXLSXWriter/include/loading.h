// libxlsxwriter, which is loaded when the first workbook is begun, not when the program is started.
#ifndef LOADING_H
#define LOADING_H

#include <xlsxwriter.h>

/// Loads the library, in the version of the headers that the program was built with. Before this has returned
/// NULL, none of its functions may be called.
///
/// May be called again and by several threads at once: it is loaded once, and all wait for that.
///
/// Returns NULL, or why it cannot be used: a text that lasts as long as the program.
const char *xlsxwriter_load(void);

#endif
