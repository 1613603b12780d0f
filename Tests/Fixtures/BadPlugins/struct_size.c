/* Bad: the plugin table has another size than the one the host knows.
 * The host must refuse it, name both sizes and call nothing in the table. */
#define NAME "struct_size"
#define STRUCT_SIZE (sizeof(nself_plugin) - 8)
#include "good.h"
