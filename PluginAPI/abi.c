/* Includes the header once, so that its layout assertions are compiled. */
#include "nself_plugin.h"

/* A translation unit may not be empty. */
typedef int nself_abi_checked;
