/* Bad: the role table has no handle function.
 * The host must refuse the instance and name role and function. */
#define NAME "role_null"
#define GET_INTERFACE
#include "nself_plugin.h"

static const void *get_interface(void *instance, const char *id);

#include "good.h"

static const void *get_interface(void *instance, const char *id) {
  static const nself_http_handler table = {sizeof table, 0, NULL};
  (void)instance; (void)bad_handle;
  return strcmp(id, NSELF_ROLE_HTTP_HANDLER_ID) == 0 ? &table : NULL;
}
