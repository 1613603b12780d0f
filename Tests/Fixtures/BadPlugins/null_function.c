/* Bad: the table has no create, configure, start or destroy.
 * The host must refuse it and name the first function that is missing. */
#define NAME "null_function"
#define QUERY
#include "good.h"

NSELF_EXPORT const nself_plugin *nself_plugin_query(uint32_t host_abi_version) {
  static nself_plugin plugin;
  (void)host_abi_version;
  (void)create; (void)configure; (void)start; (void)drain; (void)stop; (void)get_interface;
  (void)bad_nothing;
  plugin.struct_size = sizeof plugin;
  plugin.abi_version = NSELF_ABI_VERSION;
  plugin.handover = NSELF_HANDOVER_OVERLAP;
  plugin.id = nself_text(ID);
  plugin.version = nself_text(VERSION);
  return &plugin;
}
