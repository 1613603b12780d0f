#include "host_shim.h"
