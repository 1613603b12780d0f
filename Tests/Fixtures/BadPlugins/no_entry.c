/* Bad: no nself_plugin_query is exported, only another name.
 * The host must refuse it and name the symbol that is missing. */
#define NAME "no_entry"
#define nself_plugin_query nself_plugin_qeury
#include "good.h"
