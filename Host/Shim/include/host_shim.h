/* C that Swift imports badly. */
#ifndef NSELF_HOST_SHIM_H
#define NSELF_HOST_SHIM_H
#endif
