// hiredis of the system. Not by pkg-config: what that says (-D_FILE_OFFSET_BITS=64) the package manager refuses.
#include <hiredis/hiredis.h>
