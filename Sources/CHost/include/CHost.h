// What the kernel knows of the host's clock; Glibc's module for Swift lacks sys/timex.h.
#ifndef WARDFLUX_CHOST_H
#define WARDFLUX_CHOST_H

/// Whether something keeps the host's clock right (adjtimex(2)): 1 for yes, 0 for no, -1 where the kernel does not say.
int chost_clock_is_synchronised(void);

#endif
