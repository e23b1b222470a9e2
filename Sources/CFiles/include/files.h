// Calls of Linux that the Swift overlay of the C library does not show, because they are extensions.
#ifndef FILES_H
#define FILES_H

/// Lets two paths change places in one step; 0, or -1 with the reason in `errno`.
int files_exchange(const char *first, const char *second);

/// Lets the disk begin to take the bytes of an open file, without waiting for it.
void files_begin_sync(int descriptor);

/// Keeps memory that is given back for what is asked for next, by whichever thread, instead of handing it to the
/// system.
void files_keep_memory(void);

#endif
