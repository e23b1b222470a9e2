// Calls of Linux that the Swift overlay of the C library does not show, because they are extensions.
#ifndef FILES_H
#define FILES_H

#include <stddef.h>

/// Lets two paths change places in one step; 0, or -1 with the reason in `errno`.
int files_exchange(const char *first, const char *second);

/// Lets the disk begin to take the bytes of an open file, without waiting for it.
void files_begin_sync(int descriptor);

/// Keeps memory that is given back for what is asked for next, instead of handing it to the system. (One heap for
/// all threads would save a hospital's report two megabytes, and cost it a tenth of its time.)
void files_keep_memory(void);

/// Memory that the heap has from the system and has not used.
struct files_room {
  char *start;
  size_t size;
};

/// Lets the heap take at least so many bytes from the system in one piece, to be used later; of size 0 where
/// it needs or gets none. Must not be called by two threads at once.
struct files_room files_make_room(size_t size);

/// Has the system put memory behind a room, which it otherwise does page by page when they are used first.
/// Other threads may use the heap meanwhile.
void files_fill(struct files_room room);

/// Lets go of the program's code in memory, of which the next step of a run needs another part; what is still run is
/// mapped again from the system's own copy, sixteen pages at a time.
///
/// Where the program's file has been read from end to end before, as by copying it, the system maps more of it at
/// once: the report of a hospital took 21 MB instead of 18, and with this 20 instead of 17, in the same time.
void files_release_code(void);

#endif
