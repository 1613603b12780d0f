/* Bad: the manifest lists a role, the instance has no table for it.
 * The host must refuse the instance and name the role. */
#define NAME "role_missing"
#define GET_INTERFACE
#include "nself_plugin.h"

static const void *get_interface(void *instance, const char *id);

#include "good.h"

static const void *get_interface(void *instance, const char *id) {
  (void)instance; (void)id; (void)bad_handle;
  return NULL;
}
