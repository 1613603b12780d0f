/* Bad: the query answers null: it has nothing for this host.
 * The host must refuse it and say for which version it asked. */
#define NAME "query_null"
#define QUERY
#include "good.h"

NSELF_EXPORT const nself_plugin *nself_plugin_query(uint32_t host_abi_version) {
  (void)host_abi_version;
  (void)create; (void)configure; (void)start; (void)drain; (void)stop; (void)get_interface;
  (void)bad_nothing;
  return NULL;
}
